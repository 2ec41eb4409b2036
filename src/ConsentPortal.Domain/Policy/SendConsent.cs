using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy;

/// <summary>What the ledger says about the consent on which a text would rest, as of the instant of the question.</summary>
public sealed record SendConsent
{
    public required ConsentStatus State { get; init; }

    public ConsentLevel Level { get; init; }

    public CaptureMethod? Method { get; init; }

    public DateTimeOffset? GrantedAt { get; init; }

    /// <summary>From this instant on the consent no longer counts.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DoubleOptIn DoubleOptInBy { get; init; }

    /// <summary>The dealing from which consent follows without having been given (CASL-04).</summary>
    public ImpliedFrom? ImpliedFrom { get; init; }

    /// <summary>Refusal was offered free of charge when the number was collected: a condition of the soft opt-in (EU-21).</summary>
    public bool WasRefusalOffered { get; init; }

    /// <summary>The seller that the wording named; null when it is not known.</summary>
    public string? Brand { get; init; }

    public PurposeId? Purpose { get; init; }

    /// <summary>The ledger event that is the proof.</summary>
    public long? EventId { get; init; }
}

/// <summary>By which act the consent was given.</summary>
public enum CaptureMethod
{
    WebForm = 1,
    Keyword = 2,
    Paper = 3,
    Staff = 4,
    Import = 5,
    Api = 6,

    /// <summary>A box that was already ticked: no consent anywhere (US-05, EU-01).</summary>
    PrecheckedBox = 7,
    PreferenceCentre = 8,
}

public enum ImpliedKind
{
    Purchase = 1,
    Inquiry = 2,
}

/// <param name="At">When the purchase or the inquiry happened (UTC).</param>
public sealed record ImpliedFrom(ImpliedKind Kind, DateTimeOffset At);
