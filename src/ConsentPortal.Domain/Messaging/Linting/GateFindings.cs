using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>
/// What the gate would say of the words, asked for every country and language that the text goes to: the linter and the
/// gate can't differ, because they are the same rules.
/// </summary>
internal static class GateFindings
{
    public static IEnumerable<LintFinding> Of(TextDraft draft)
    {
        var seen = new List<(Finding Finding, string? Country)>();
        foreach (var reading in draft.Readings)
        {
            foreach (var country in draft.Countries.DefaultIfEmpty<string?>(null))
                seen.AddRange(Evaluate(draft, reading, country).Select(finding => (finding, country)));
        }

        return seen.GroupBy(s => s.Finding.Reason).Select(group => One(draft, [.. group]));
    }

    private static IEnumerable<Finding> Evaluate(TextDraft draft, DraftReading reading, string? country)
    {
        var facts = new SendFacts
        {
            MessageClass = draft.MessageClass, To = Recipient.Invalid, DeclaredCountry = country, Brand = draft.Brand, Sender = draft.Sender, Body = reading.Usual,
        };
        return SendPolicy.Evaluate(facts, draft.Policy, draft.At).Findings.Where(f => f.Gate is Gate.Content or Gate.Sender or Gate.Segments);
    }

    /// <summary>Several rules that ask for the same thing are one finding, of the one that weighs most.</summary>
    private static LintFinding One(TextDraft draft, IReadOnlyList<(Finding Finding, string? Country)> same)
    {
        var gravest = same.OrderByDescending(s => Severity(s.Finding)).ThenBy(s => s.Finding.Rule.Standing).First().Finding;
        var countries = same.Where(s => Severity(s.Finding) == Severity(gravest)).Select(s => s.Country).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new LintFinding(gravest.Rule, Severity(gravest), gravest.Text, Remedy(draft, gravest.Reason), Fix(draft, gravest.Reason))
        {
            NeedsConfirmation = gravest.Reason is SendReason.Reclassified or SendReason.RestrictedContent,
            Countries = countries.Length == draft.Countries.Count ? [] : countries,
        };
    }

    // A sender that may not send somewhere is no fault of the words: the dry run counts whom it costs.
    private static LintSeverity Severity(Finding finding) =>
        finding.Outcome == GateOutcome.Block && finding.Gate != Gate.Sender ? LintSeverity.Blocks : LintSeverity.Warns;

    private static string Remedy(TextDraft draft, SendReason reason) => reason switch
    {
        SendReason.BrandMissing => $"Name {draft.Brand}, best at the beginning.",
        SendReason.OptOutMissing when draft.Sender.IsOneWay => "Say that replies are not read, and give a link, a mail address or a number to stop at.",
        SendReason.OptOutMissing => "End with how to stop, such as \"Reply STOP to opt out\".",
        SendReason.Shortener => "Use an address of your own that shows whose it is.",
        SendReason.UnsafeLink => "Write the address with its domain name and nothing before it.",
        SendReason.RestrictedContent => "Say it in other words if it means something else. If it does not, each text waits for a person.",
        SendReason.SenderIdentityMissing => "Add a link, a phone number or a mail address that leads to your name and address.",
        SendReason.SenderNotAllowed or SendReason.SenderNotRegistered => "Choose a purpose with another sender, or leave these countries out of the segment.",
        SendReason.TooManyParts => "Shorten it.",
        SendReason.MissingMergeValue => "Write fields as {{ firstName | default: \"there\" }}, or leave the brackets out.",
        SendReason.Reclassified when draft.MessageClass == MessageClass.Transactional => "Leave it out, or choose a marketing purpose: people who agreed to hear of their orders did not agree to offers.",
        SendReason.Reclassified => "Leave it out, or choose a marketing purpose: people who agreed to be informed did not agree to offers.",
        _ => "Change the text or the audience.",
    };

    private static LintFix? Fix(TextDraft draft, SendReason reason) => reason switch
    {
        SendReason.BrandMissing => TemplateMends.NameBrand(draft),
        SendReason.OptOutMissing => TemplateMends.SayHowToStop(draft),
        _ => null,
    };
}
