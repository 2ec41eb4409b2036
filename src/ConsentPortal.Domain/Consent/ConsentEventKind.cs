namespace ConsentPortal.Domain.Consent;

public enum ConsentEventKind
{
    /// <summary>The person was asked, or asked to join; a confirmation is awaited.</summary>
    Requested = 1,
    Granted = 2,

    /// <summary>The owner of the number answered the double opt-in prompt.</summary>
    Confirmed = 3,
    Renewed = 4,
    Withdrawn = 5,
    Expired = 6,
    Voided = 7,

    /// <summary>
    /// What was recorded proved to be a mistake of the business, such as an import of the wrong list, and is taken back: a
    /// consent or request that rests on it ends. It never lifts a withdrawal.
    /// </summary>
    Retracted = 8,
}

/// <summary>By which way an act reached the business.</summary>
public enum ConsentChannel
{
    WebForm = 1,
    Keyword = 2,
    Paper = 3,
    Staff = 4,
    Import = 5,
    Api = 6,
    PreferenceCentre = 7,
    Provider = 8,
    Portal = 9,
}

/// <summary>On what ground texts are sent (GDPR art. 6; ePrivacy directive art. 13; CASL s. 10).</summary>
public enum LegalBasis
{
    Consent = 1,
    SoftOptIn = 2,
    Contract = 3,
    LegalObligation = 4,
    ImpliedConsent = 5,
    VitalInterest = 6,
}

/// <summary>By which step the number's owner confirmed. German courts accept only one over the number itself (EU-24).</summary>
public enum DoubleOptIn
{
    None = 0,
    Email = 1,
    Sms = 2,
}
