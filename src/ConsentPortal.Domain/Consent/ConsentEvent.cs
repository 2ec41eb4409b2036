using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Consent;

/// <summary>
/// One act or fact about a person's consent to one purpose. Rows are only ever added: what a person stands at is the
/// fold of their events (<see cref="ConsentState.From"/>), and what they saw is the wording version named here.
/// </summary>
public sealed class ConsentEvent
{
    public long Id { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required PurposeId PurposeId { get; init; }

    /// <summary>The period in which the number belonged to this person; a later period inherits nothing.</summary>
    public required NumberPeriodId NumberPeriodId { get; init; }

    public required ConsentEventKind Kind { get; init; }

    public required LegalBasis Basis { get; init; }

    public required ConsentLevel Level { get; init; }

    public required ConsentChannel Channel { get; init; }

    public DoubleOptIn DoubleOptInBy { get; init; }

    /// <summary>True when the person acted: texted, ticked, signed, answered. Only such an act ends a withdrawal.</summary>
    public required bool IsActOfPerson { get; init; }

    /// <summary>The exact words shown. Null only where none were: a withdrawal, an expiry, a voiding.</summary>
    public WordingId? WordingId { get; init; }

    /// <summary>When the act happened (UTC), as far as known.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the portal learned of it (UTC).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Form address, IP and user agent where the policy keeps them, the person's own words, document hash: JSON, encrypted
    /// with the person's key.
    /// </summary>
    public byte[]? EvidenceSealed { get; init; }

    /// <summary>The inbound text that was the act, by the provider's id.</summary>
    public string? InboundProviderId { get; init; }

    public required ActorKind ActorKind { get; init; }

    public required string ActorId { get; init; }

    /// <summary>Who asked, how, and why: for acts recorded on somebody's behalf.</summary>
    public string? Reason { get; init; }

    public long? SupersedesId { get; init; }

    public ImportBatchId? ImportBatchId { get; init; }

    public int? ImportRow { get; init; }
}
