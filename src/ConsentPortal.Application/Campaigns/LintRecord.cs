using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Linting;

namespace ConsentPortal.Application.Campaigns;

/// <summary>How the findings of a text stand in the audit trail: the rule, how grave, and whether the person of the entry confirmed it.</summary>
internal static class LintRecord
{
    public const string Field = "findings";
    public const string ConfirmedField = "confirmed";

    /// <returns>Null when nothing stands in the way of a review.</returns>
    public static Failure? Refusal(IReadOnlyList<TextFinding> findings, IReadOnlyCollection<string> confirmed)
    {
        if (findings.FirstOrDefault(f => f.Finding.Severity == LintSeverity.Blocks) is { } blocks)
            return new TextBlocked(blocks);
        return findings.FirstOrDefault(f => f.Finding.NeedsConfirmation && !confirmed.Contains(f.Key)) is { } open ? new TextUnconfirmed(open) : null;
    }

    public static string? Of(IReadOnlyList<TextFinding> findings) =>
        findings.Count == 0 ? null : string.Join(", ", findings.Select(f => $"{f.Key} {f.Finding.Severity.ToString().ToLowerInvariant()}"));

    /// <summary>Only what the linter asked about: a tick for anything else confirms nothing.</summary>
    public static string? Confirmed(IReadOnlyList<TextFinding> findings, IReadOnlyCollection<string> confirmed) =>
        findings.Where(f => f.Finding.NeedsConfirmation && confirmed.Contains(f.Key)).Select(f => f.Key).ToArray() is { Length: > 0 } rules ? string.Join(", ", rules) : null;
}

/// <summary>A finding on one of a campaign's texts.</summary>
/// <param name="Variant">Null for a campaign with one text.</param>
/// <param name="Language">Null for the usual words.</param>
public sealed record TextFinding(char? Variant, LintFinding Finding, string? Language = null)
{
    /// <summary>By which it is confirmed: the rule, the letter where there are several texts, the language of a further one.</summary>
    public string Key => KeyOf(Variant, Language, Finding.Rule.Id);

    internal string Text => (Variant is { } letter ? $"text {letter}" : "the text") + (Language is { } language ? $" in {ReportWords.Language(language)}" : "");

    public static string KeyOf(char? variant, string? language, string rule) => string.Join(' ', new[] { variant?.ToString(), language, rule }.OfType<string>());
}

public sealed record TextBlocked(TextFinding Found)
    : Failure($"As it is, {Found.Text} can't go out. {Found.Finding.Sentence} {Found.Finding.Remedy} ({Found.Finding.Rule.Id}) Nothing was changed; edit the campaign and try again.");

public sealed record TextUnconfirmed(TextFinding Found)
    : Failure($"Somebody has to look at {Found.Text} first. {Found.Finding.Sentence} ({Found.Finding.Rule.Id}) Nothing was changed; confirm that it may stay, or edit the campaign.");
