namespace ConsentPortal.Domain.Policy;

/// <summary>
/// Why a text is not sent, or not now. The first block comes from <see cref="SendPolicy"/>; the second from the send
/// ledger, which stops texts for reasons that no rule knows. Names and numbers are stored and shown in filters: never reuse one.
/// </summary>
public enum SendReason
{
    InvalidNumber = 1,

    /// <summary>Toll-free, premium, pager and the like; a landline is held (O-02).</summary>
    LineType = 2,
    FakeRange = 3,
    Suppressed = 4,
    NoConsent = 5,

    /// <summary>There is consent, but not the prior express written consent that marketing in the US needs (US-02).</summary>
    NoWrittenConsent = 6,
    ConsentPending = 7,

    /// <summary>The consent was not confirmed over the number itself (EU-24).</summary>
    NoSmsDoubleOptIn = 8,
    Withdrawn = 9,
    ConsentVoided = 10,
    WrongPurpose = 11,
    ConsentExpired = 12,
    DncListed = 13,

    /// <summary>The copy of the do-not-call register is too old, or was never asked (US-22).</summary>
    DncStale = 14,
    Reassigned = 15,

    /// <summary>The Reassigned Numbers Database has no data on the number (US-26).</summary>
    ReassignmentUnknown = 16,
    CountryNotAllowed = 17,
    ZoneUnknown = 18,
    BarredDay = 19,
    QuietHours = 20,
    FrequencyCap = 21,

    /// <summary>The wording promised fewer texts a month (CT-02).</summary>
    PromisedFrequency = 22,
    FrequencyPreference = 23,
    Snoozed = 24,
    Restricted = 25,
    Underage = 26,
    BrandMissing = 27,
    OptOutMissing = 28,
    Shortener = 29,
    UnsafeLink = 30,
    RestrictedContent = 31,
    SenderIdentityMissing = 32,
    SenderNotAllowed = 33,
    SenderNotRegistered = 34,
    TooManyParts = 35,
    MissingMergeValue = 36,

    /// <summary>A promotional element made the text marketing (C-02).</summary>
    Reclassified = 37,

    /// <summary>The answer to a STOP was not sent within 300 seconds (US-16).</summary>
    AnswerTooLate = 38,
    VoipLine = 39,
    EmptyBody = 40,

    /// <summary>The campaign starts later where the person is (P-05).</summary>
    LocalStart = 41,

    /// <summary>Outside the hours that the campaign chose, where the person is (P-05).</summary>
    CampaignHours = 42,

    /// <summary>Texts to the number have failed several times in a row (P-06).</summary>
    SuspectNumber = 43,

    ProviderOptedOut = 101,
    RecentlyMessaged = 102,
    PastNotAfter = 103,
    ExcludedSegment = 104,
    Holdout = 105,
    AudienceCap = 106,
    DuplicateNumber = 107,
    AlreadySent = 108,
    RenderError = 109,
    LintBlocked = 110,
    NotApproved = 111,
    CampaignPaused = 112,
    Throttled = 113,
    ProviderErrorTemporary = 114,
    ProviderErrorPermanent = 115,
    RetriesExhausted = 116,
    TooOld = 117,
    InDoubt = 118,
    CampaignCancelled = 119,

    /// <summary>Planned for somebody who could not be texted when the places of a limited campaign were given out.</summary>
    NoPlaceYet = 120,

    /// <summary>The purpose was retired after the text had been planned.</summary>
    PurposeRetired = 121,

    /// <summary>A person found out that a text in doubt has left.</summary>
    SettledAsSent = 122,

    /// <summary>A person found out that a text in doubt has not left; it is not sent again by itself.</summary>
    SettledAsNotSent = 123,

    /// <summary>The sender, or the carrier for this sender, takes no more for now.</summary>
    SenderLimit = 130,
}
