using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Linting;

namespace ConsentPortal.Application.Campaigns;

/// <summary>How the findings of a text stand in the audit trail: the rule, how grave, and whether the person of the entry confirmed it.</summary>
internal static class LintRecord
{
    public const string Field = "findings";
    public const string ConfirmedField = "confirmed";

    /// <returns>Null when nothing stands in the way of a review.</returns>
    public static Failure? Refusal(IReadOnlyList<LintFinding> findings, IReadOnlyCollection<string> confirmed)
    {
        if (findings.FirstOrDefault(f => f.Severity == LintSeverity.Blocks) is { } blocks)
            return new TextBlocked(blocks);
        return findings.FirstOrDefault(f => f.NeedsConfirmation && !confirmed.Contains(f.Rule.Id)) is { } open ? new TextUnconfirmed(open) : null;
    }

    public static string? Of(IReadOnlyList<LintFinding> findings) =>
        findings.Count == 0 ? null : string.Join(", ", findings.Select(f => $"{f.Rule.Id} {f.Severity.ToString().ToLowerInvariant()}"));

    /// <summary>Only what the linter asked about: a tick for anything else confirms nothing.</summary>
    public static string? Confirmed(IReadOnlyList<LintFinding> findings, IReadOnlyCollection<string> confirmed) =>
        findings.Where(f => f.NeedsConfirmation && confirmed.Contains(f.Rule.Id)).Select(f => f.Rule.Id).ToArray() is { Length: > 0 } rules ? string.Join(", ", rules) : null;
}

public sealed record TextBlocked(LintFinding Finding)
    : Failure($"The text can't go out as it is. {Finding.Sentence} {Finding.Remedy} ({Finding.Rule.Id}) Nothing was changed; edit the campaign and try again.");

public sealed record TextUnconfirmed(LintFinding Finding)
    : Failure($"Somebody has to look at the text first. {Finding.Sentence} ({Finding.Rule.Id}) Nothing was changed; confirm that it may stay, or edit the campaign.");
