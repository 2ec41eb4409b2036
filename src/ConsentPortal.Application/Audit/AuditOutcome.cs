namespace ConsentPortal.Application.Audit;

/// <summary>What came of what somebody set out to do.</summary>
public enum AuditOutcome
{
    Done = 1,

    /// <summary>Refused by a rule or a person, or failed.</summary>
    NotDone = 2,
}

public static class AuditOutcomes
{
    internal static IReadOnlyList<string> NotDone { get; } =
    [
        "staff.signInFailed", "staff.secondFactorFailed", "staff.lockedOut", "staff.linkRefused", "staff.passwordNotChanged", "code.wrong", "code.notSent", "staffNumber.codeWrong", "join.notAsked", "request.denied", "request.failed", "report.scheduleFailed", "import.declined", "campaign.changesRequested", "template.returned", "text.refused",
    ];

    /// <param name="action">As the entries have it.</param>
    public static AuditOutcome Of(string action) => NotDone.Contains(action) ? AuditOutcome.NotDone : AuditOutcome.Done;
}
