namespace ConsentPortal.Domain.Consent;

/// <summary>Where a person stands for one purpose (O-09); always the fold of the consent events, never set by hand.</summary>
public enum ConsentStatus
{
    None = 0,
    Pending = 1,
    Granted = 2,
    Withdrawn = 3,
    Expired = 4,

    /// <summary>The number turned out to belong to somebody else; nothing of the former owner's consent is left.</summary>
    Voided = 5,
}
