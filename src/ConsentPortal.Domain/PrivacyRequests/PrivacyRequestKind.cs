namespace ConsentPortal.Domain.PrivacyRequests;

public enum PrivacyRequestKind
{
    Access = 1,
    Portability = 2,
    Rectification = 3,
    Erasure = 4,
    Restriction = 5,
    Objection = 6,
    OptOutOfSale = 7,
    Withdrawal = 8,
}

public enum PrivacyRequestStatus
{
    Received = 1,
    Verified = 2,
    InReview = 3,
    Approved = 4,
    Executing = 5,
    Completed = 6,
    Denied = 7,
    Cancelled = 8,
    Failed = 9,

    /// <summary>Carried out; the answer to the person has not left, so that the clock runs on.</summary>
    Replying = 10,
}

/// <summary>The law whose clock runs.</summary>
public enum PrivacyRegime
{
    Gdpr = 1,
    UkGdpr = 2,
    Ccpa = 3,
    Lgpd = 4,
    Pipeda = 5,
    Other = 6,
}
