namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>
/// Reads a text while it is being written, and again before it is approved: what the gate will say of its words in every
/// country it goes to, and what no gate asks of a single text (letters that cost, names that may be long, a month without a
/// word on how to stop). It finds that something is said, not that it is said well.
/// </summary>
public static class MessageLinter
{
    /// <returns>The gravest first.</returns>
    public static IReadOnlyList<LintFinding> Check(TextDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var findings = GateFindings.Of(draft).ToList();
        foreach (var check in LintChecks.All)
        {
            if (check(draft) is { } finding && !findings.Exists(f => f.Rule.Id == finding.Rule.Id && f.Severity >= finding.Severity))
                findings.Add(finding);
        }

        return [.. findings.OrderByDescending(f => f.Severity)];
    }
}
