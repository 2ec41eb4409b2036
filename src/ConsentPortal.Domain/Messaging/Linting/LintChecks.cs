using System.Globalization;
using System.Text.RegularExpressions;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Countries;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Messaging.Linting;

internal delegate LintFinding? LintCheck(TextDraft draft);

/// <summary>What the linter asks beyond the gate, one row for each question.</summary>
internal static partial class LintChecks
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // More letters than this outside the alphabet are a language and no slip.
    private const int MostStrayCharacters = 3;

    public static IReadOnlyList<LintCheck> All { get; } =
        [Fallback, GoneField, SensitiveField, OneWayPromise, OneWayRoute, FrenchRoute, NumberedStop, BrandOfService, MonthWithoutStop, Shorteners, PreferencePages, Alphabet, LongNames];

    private static LintFinding? Fallback(TextDraft draft) =>
        draft.FieldsThatMayBeMissing.FirstOrDefault(f => TemplateMends.IsUnguarded(draft.Template, f)) is { } field
            ? new LintFinding(LintRules.WholeText, LintSeverity.Blocks, $"Not everybody has a {field}, and nothing stands in its place.", "Give it a fallback.", TemplateMends.GuardField(draft, field))
            : null;

    private static LintFinding? GoneField(TextDraft draft) =>
        draft.FieldsThatAreGone is [var field, ..]
            ? new LintFinding(LintRules.WholeText, LintSeverity.Blocks, $"There is no custom attribute for {field}.", "Name another one, or take the field out.")
            : null;

    private static LintFinding? SensitiveField(TextDraft draft) =>
        draft.SensitiveFields is { Count: > 0 } fields
            ? new LintFinding(LintRules.Sensitive, LintSeverity.Warns, $"The text says what is known of {string.Join(" and ", fields)}, which is marked as sensitive.",
                "Leave it out, unless people agreed to have it in a text: whoever sees the phone's screen reads it.") { NeedsConfirmation = true }
            : null;

    private static LintFinding? OneWayPromise(TextDraft draft) =>
        draft.Sender.IsOneWay && (TemplateMends.UsesStopLine(draft.Template) || draft.Readings.Any(r => ReplyToStop().IsMatch(r.Usual.Text)))
            ? new LintFinding(LintRules.OneWay, LintSeverity.Blocks, "It asks for a reply, and this sender hears none: whoever answers STOP would go on getting texts.",
                "Say that replies are not read, and give a link, a mail address or a number to stop at.", TemplateMends.UsesStopLine(draft.Template) ? TemplateMends.SayHowToStop(draft) : null)
            : null;

    private static LintFinding? OneWayRoute(TextDraft draft) =>
        draft is { Sender.IsOneWay: true, MessageClass: MessageClass.Marketing or MessageClass.Informational }
            && (draft.Countries.Count == 0 || draft.Countries.Any(c => !IsIn<UnitedStates>(c) && !IsIn<France>(c)))
            && draft.Readings.Any(r => r.Usual.Signals.HasOptOut && !r.Usual.Signals.HasContact && !ShortNumber().IsMatch(r.Usual.Text))
            ? new LintFinding(LintRules.OneWay, LintSeverity.Warns, "It says that people can stop, but not where: this sender hears no replies.",
                "Give a link, a mail address or a number to stop at.")
            : null;

    private static LintFinding? FrenchRoute(TextDraft draft) =>
        draft is { Sender.IsOneWay: true, MessageClass: MessageClass.Marketing } && draft.Countries.Any(IsIn<France>)
            && draft.Readings.Any(r => r.Usual.Signals.HasOptOut && !FrenchStop().IsMatch(r.Usual.Text) && !r.Usual.Signals.HasContact)
            ? new LintFinding(LintRules.FrenchStop, LintSeverity.Warns, "A sender with a name hears no STOP, and the text does not say which number does.",
                "Write \"STOP au 36xxx\" with the short number that your operator gave you.") { Countries = [.. draft.Countries.Where(IsIn<France>)] }
            : null;

    private static LintFinding? NumberedStop(TextDraft draft) =>
        draft.Readings.Select(r => DigitToStop().Match(r.Usual.Text)).FirstOrDefault(m => m.Success) is { } found
            ? new LintFinding(LintRules.HowToStop, LintSeverity.Blocks, $"\"{found.Value}\" asks for a digit, which the portal does not take as a stop.", "Ask for the word STOP.")
            : null;

    /// <summary>Marketing without the brand is the gate's matter.</summary>
    private static LintFinding? BrandOfService(TextDraft draft) =>
        draft.MessageClass is MessageClass.Informational or MessageClass.Transactional && draft.Readings.Any(r => !r.Usual.Names(draft.Brand))
            ? new LintFinding(LintRules.Brand, draft.MessageClass == MessageClass.Informational ? LintSeverity.Warns : LintSeverity.Note, $"The text does not name {draft.Brand}.",
                "Name it: people who do not know who is texting report it as spam.", TemplateMends.NameBrand(draft))
            : null;

    private static LintFinding? MonthWithoutStop(TextDraft draft) =>
        draft is { MessageClass: MessageClass.Informational, ToldHowToStopThisMonth: false } && draft.Countries.Any(IsIn<UnitedStates>)
            && draft.Readings.Any(r => !r.Usual.Signals.HasOptOut)
            ? new LintFinding(LintRules.MonthlyReminder, LintSeverity.Warns, "No text of this purpose has said how to stop in the last 30 days, and this one does not either.",
                "Add it to this one.", TemplateMends.SayHowToStop(draft)) { Countries = [.. draft.Countries.Where(IsIn<UnitedStates>)] }
            : null;

    private static LintFinding? Shorteners(TextDraft draft) =>
        draft.Readings.SelectMany(r => r.Usual.Signals.Links).FirstOrDefault(l => l.IsShortener && !l.Host.Equals(draft.OwnHost, StringComparison.OrdinalIgnoreCase)) is { } link
            ? new LintFinding(LintRules.Links, LintSeverity.Warns, $"The text holds {link.Text}, and filters take public shorteners for spam.", "Use an address of your own that shows whose it is.")
            : null;

    private static LintFinding? PreferencePages(TextDraft draft) =>
        !draft.HasPreferencePages && TemplateMends.Uses(draft.Template, "preferencesLink")
            ? new LintFinding(LintRules.WholeText, LintSeverity.Warns, "The field preferencesLink is empty for everybody, because the setting PublicPages:Address is missing.",
                "Leave the field out, or ask an administrator for the setting.")
            : null;

    private static LintFinding? Alphabet(TextDraft draft) => draft.Readings
        .Select(reading => Letters(draft, reading.Usual)).OfType<LintFinding>().OrderByDescending(f => f.Severity).FirstOrDefault();

    private static LintFinding? Letters(TextDraft draft, MessageBody body)
    {
        if (body.Measure.Encoding == SmsEncoding.Gsm7)
            return null;
        var plain = SmsMeasure.Of(PlainLetters.Of(body.Text));
        var culprit = body.Measure.ForcedBy.FirstOrDefault(PlainLetters.IsKnown);
        var mended = PlainLetters.OfTemplate(draft.Template);
        if (culprit is not null && plain.Parts < body.Measure.Parts)
            return Costs(body, culprit, plain.Parts, "Write plain characters in its place.", mended == draft.Template ? null : new LintFix("Use plain characters", mended));
        if (body.Measure.ForcedBy.Count > MostStrayCharacters)
            return null;
        var without = body.Measure.ForcedBy.Aggregate(PlainLetters.Of(body.Text), (text, c) => text.Replace(c, "", StringComparison.Ordinal));
        return SmsMeasure.Of(without).Parts is var parts && parts < body.Measure.Parts
            ? Costs(body, body.Measure.ForcedBy.First(c => !PlainLetters.IsKnown(c)), parts, "Write it without, if the language allows.", null) with { Severity = LintSeverity.Note }
            : null;
    }

    private static LintFinding Costs(MessageBody body, string character, int parts, string remedy, LintFix? fix) => new(
        LintRules.Alphabet, LintSeverity.Warns,
        string.Create(CultureInfo.InvariantCulture, $"The {PlainLetters.NameOf(character)} at character {body.Text.IndexOf(character, StringComparison.Ordinal) + 1} makes the whole text Unicode: {body.Measure.Parts} parts instead of {parts}."),
        remedy, fix);

    private static LintFinding? LongNames(TextDraft draft)
    {
        var usual = draft.Readings.Select(r => r.Usual.Measure.Parts).DefaultIfEmpty().Max();
        var longest = draft.Readings.Select(r => Math.Max(r.Longest.Measure.Parts, r.Accented.Measure.Parts)).DefaultIfEmpty().Max();
        if (usual <= draft.Policy.MaxParts && longest > draft.Policy.MaxParts)
            return new LintFinding(LintRules.Length, LintSeverity.Warns, string.Create(CultureInfo.InvariantCulture,
                $"For a name of {TextDraft.LongestName} letters, one of them such as ë, it takes {longest} parts, and texts of more than {draft.Policy.MaxParts} wait for a person."), "Shorten it.");
        var plain = draft.Readings.Select(r => r.Longest.Measure.Parts).DefaultIfEmpty().Max();
        return plain > usual
            ? new LintFinding(LintRules.Length, LintSeverity.Note, string.Create(CultureInfo.InvariantCulture, $"For a name of {TextDraft.LongestName} letters it takes {plain} parts instead of {usual}."), "Shorten it by a few characters.")
            : null;
    }

    private static bool IsIn<T>(string country)
        where T : Country => RuleBook.CountryOf(country) is T;

    [GeneratedRegex(@"\b(reply|respond|answer|text back|responde|responda|répondez|réponds|antworten?|antworte)\b[^.!?]{0,30}\b(stop|stopp|end|cancel|unsubscribe|baja|arret|arrêt)\b", Options, 2000)]
    private static partial Regex ReplyToStop();

    [GeneratedRegex(@"\b(reply|text|send|press|responde|répondez|antworte)\s+(with\s+)?[""'“]?\d[""'”]?\s+(to|for|para|pour|zum)\s+(stop|end|unsubscribe|opt[- ]?out|cancel|salir|arrêter|abmelden)\b", Options, 2000)]
    private static partial Regex DigitToStop();

    [GeneratedRegex(@"\bstop\s*(sms)?\s*(au|:|à|to)?\s*\d{5}\b", Options, 2000)]
    private static partial Regex FrenchStop();

    [GeneratedRegex(@"\b\d{4,6}\b", Options, 2000)]
    private static partial Regex ShortNumber();
}
