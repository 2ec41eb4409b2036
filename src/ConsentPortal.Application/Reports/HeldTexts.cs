using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Application.Reports;

/// <summary>Texts that one rule about hours or caps held back, and what has become of them by now: each of them stands in one of the three.</summary>
/// <param name="NotSent">For whatever reason in the end.</param>
public sealed record HeldBack(string Reason, string? Rule, int LeftLater, int Waiting, int NotSent)
{
    public int All => LeftLater + Waiting + NotSent;
}

internal sealed record HeldCount(string Reason, string? Rule, MessageState State, bool HasLeft, int Count);

/// <summary>How often hours and caps held texts back, by rule.</summary>
internal static class HeldTexts
{
    public const string Counting = "Each text counts once, under what first held it back, and by what has become of it by now: it left later, still waits, or was not sent, for whatever reason in the end.";

    /// <summary>Of those that were held back, first by what.</summary>
    public static IQueryable<HeldCount> Count(IQueryable<OutboundMessage> held) => held.GroupBy(m => new { m.FirstHeldReason, m.FirstHeldRule, m.State, HasLeft = m.SentAt != null })
        .Select(g => new HeldCount(g.Key.FirstHeldReason!, g.Key.FirstHeldRule, g.Key.State, g.Key.HasLeft, g.Count()));

    public static IReadOnlyList<HeldBack> Of(IEnumerable<HeldCount> counts) =>
    [
        .. counts.GroupBy(c => (c.Reason, c.Rule)).Select(g => Of(g.Key.Reason, g.Key.Rule, [.. g]))
            .OrderByDescending(h => h.All).ThenBy(h => h.Reason, StringComparer.Ordinal).ThenBy(h => h.Rule, StringComparer.Ordinal),
    ];

    public static ReportBlock.Table Table(IReadOnlyList<HeldBack> held)
    {
        return new ReportBlock.Table(
            [new("Reason"), new("Rule"), new("What the rule says, and where it stands"), new("Left later", ReportAlign.Right), new("Waits", ReportAlign.Right), new("Not sent", ReportAlign.Right), new("All", ReportAlign.Right)],
            [.. held.Select(Cells)], held.Count > 1 ? ["Total", "", "", Sum(h => h.LeftLater), Sum(h => h.Waiting), Sum(h => h.NotSent), Sum(h => h.All)] : null, "No text was held back by them.");

        string Sum(Func<HeldBack, int> of) => ReportWords.Count(held.Sum(h => (long)of(h)));
    }

    private static IReadOnlyList<string> Cells(HeldBack held)
    {
        var rule = held.Rule is null ? null : RuleBook.Find(held.Rule);
        return
        [
            ReportWords.Spaced(held.Reason), held.Rule ?? "–", rule is null ? "The person's own wish, or a limit of the house." : $"{rule.Sentence}\n{rule.Citation}",
            ReportWords.Count(held.LeftLater), ReportWords.Count(held.Waiting), ReportWords.Count(held.NotSent), ReportWords.Count(held.All),
        ];
    }

    private static HeldBack Of(string reason, string? rule, IReadOnlyList<HeldCount> counts)
    {
        var left = counts.Where(c => c.HasLeft).Sum(c => c.Count);
        var waiting = counts.Where(c => !c.HasLeft && c.State is (MessageState.Planned or MessageState.Deferred)).Sum(c => c.Count);
        return new HeldBack(reason, rule, left, waiting, counts.Sum(c => c.Count) - left - waiting);
    }
}
