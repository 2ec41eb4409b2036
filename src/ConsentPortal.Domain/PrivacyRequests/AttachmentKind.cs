namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>What a file that came with a request is.</summary>
public enum AttachmentKind
{
    /// <summary>
    /// Shows who asks, and is needed no longer than that: it is deleted once it was seen (GDPR art. 5(1)(c), recital 64; 11 CCR § 7060).
    /// </summary>
    IdentityPaper = 1,

    Letter = 2,
    Email = 3,
    Other = 4,
}
