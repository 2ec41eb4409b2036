namespace ConsentPortal.Domain.Consent;

/// <summary>How far a "stop" reaches; the policy chooses, the default is everything.</summary>
public enum SuppressionScope
{
    All = 1,
    Marketing = 2,
    Purpose = 3,
    Sender = 4,
}

public enum SuppressionSource
{
    Keyword = 1,
    PreferenceCentre = 2,
    Staff = 3,
    Import = 4,
    Api = 5,
    Carrier = 6,
    Complaint = 7,
    Erasure = 8,
    Reassigned = 9,
    InboxReview = 10,
    WebForm = 11,
}
