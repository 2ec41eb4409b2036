using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging;

/// <summary>
/// What can be seen in the words of a text without knowing who gets it. The linter proposes from these, a person confirms;
/// the policy relies on them only in the strict direction.
/// </summary>
public sealed partial record BodySignals
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private BodySignals()
    {
    }

    public required IReadOnlyList<BodyLink> Links { get; init; }

    /// <summary>The first promotional phrase; one makes the whole text marketing (C-02). Null when there is none.</summary>
    public required string? Promotion { get; init; }

    /// <summary>Says how to stop: STOP, opt out, unsubscribe, or the like in another language.</summary>
    public required bool HasOptOut { get; init; }

    /// <summary>A link, a phone number or a mail address.</summary>
    public required bool HasContact { get; init; }

    public required RestrictedTopic Topic { get; init; }

    /// <summary>The word that showed <see cref="Topic"/>.</summary>
    public required string? TopicWord { get; init; }

    /// <summary>A merge field that nothing was put into.</summary>
    public required string? MergeField { get; init; }

    public static BodySignals Of(string text)
    {
        var links = BodyLinks.In(text);
        var (topic, word) = RestrictedTopics.Find(text);
        return new BodySignals
        {
            Links = links,
            Promotion = Promotions().Match(text) is { Success: true } promotion ? promotion.Value : null,
            HasOptOut = OptOut().IsMatch(text) || links.Any(l => OptOut().IsMatch(l.Text.Replace('/', ' ').Replace('-', ' '))),
            HasContact = links.Length > 0 || Contact().IsMatch(text),
            Topic = topic,
            TopicWord = word,
            MergeField = Unmerged().Match(text) is { Success: true } field ? field.Value : null,
        };
    }

    [GeneratedRegex(
        @"(\d{1,3}\s?(%|percent)\s?(off|discount|rabatt|de descuento|de réduction|di sconto)|-\s?\d{1,2}\s?%|[$€£]\s?\d+([.,]\d\d)?\s?(off|discount)\b"
        + @"|\bsave\s(up to\s)?([$€£]\s?\d|\d+\s?%)|\b(flash|clearance|summer|winter|holiday|weekend|black friday|cyber monday|big|final|our)\s(sale|deals?)\b"
        + @"|\bon sale\b|\bsale (ends|starts|today|now|tomorrow|this|on)\b|\b(black friday|cyber monday)\b|\bcoupons?\b|\bpromo(tion)? ?codes?\b|\bdiscounts?\b|\bspecial offers?\b"
        + @"|\bexclusive (offer|deal)s?\b|\blimited[- ]time\b|\boffer (ends|expires|valid|good)\b|\bbogo\b|\bbuy (one|1|two|2)[, ]+get\b"
        + @"|\b(free|complimentary) (shipping|delivery|gift|sample|trial|month)\b|\b\d for (the price of )?\d\b|\bshop (now|our|the|today)\b|\bbuy now\b|\border now\b"
        + @"|\bnew (arrivals|collection)\b|\bdon'?t miss (out|our|this)\b|\brefer a friend\b|\bearn (double |triple |\d+ )?(points|rewards)\b|\bcash ?back\b|\bupgrade (now|today)\b"
        + @"|\bvouchers?\b|\bdeals? of the\b|\bspecial deals?\b|\bclearance\b|\brabatte?\b|\bgutscheine?\b|\bsonderangebote?\b|\bsoldes\b|\bcode promo\b|\bdescuentos?\b|\brebajas\b|\boferta especial\b|\bsconti?\b)",
        Options, 2000)]
    private static partial Regex Promotions();

    [GeneratedRegex(
        @"(?<!non[- ]|bus |don.t |dont )\bstop\b(?! (by|in|over|at)\b)|\b(stopp|end texts|opt[- ]?outs?|optout|unsub(scribe)?|unsubscribed?|cancel texts|arret|arrêt|désabonner|desabonner|abmelden|abbestellen"
        + @"|baja|parar|no mas|no más|sair|afmelden|disiscriviti|annulla|rezygnuj|avslut\w*|afmeld|peru)\b",
        Options, 2000)]
    private static partial Regex OptOut();

    [GeneratedRegex(@"(\+?\d[\d ().-]{6,}\d|[\w.+-]+@[\w-]+(\.[\w-]+)+)", Options, 2000)]
    private static partial Regex Contact();

    [GeneratedRegex(@"(\{\{[^}]*\}\}|\{%[^%]*%\}|\[\[[^\]]*\]\]|<<\w+>>)", Options, 2000)]
    private static partial Regex Unmerged();
}
