using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Everything that one person's page shows, masked.</summary>
/// <param name="MaskedPhone">Null once the person's key is destroyed.</param>
/// <param name="Zones">IANA names: the confirmed zone, or every zone in which the number may be; empty when it does not tell.</param>
public sealed record SubscriberDetails(
    SubscriberId Id,
    string? MaskedPhone,
    string? Region,
    LineType LineType,
    NumberState NumberState,
    SubscriberProfile Profile,
    string Source,
    string? Language,
    SubscriberPlace Declared,
    FrequencyPreference Frequency,
    DateTimeOffset? PausedUntil,
    bool IsRestricted,
    SubscriberDates Dates,
    Guid Version,
    IReadOnlyList<string> Zones,
    IReadOnlyList<PurposeConsent> Consents,
    IReadOnlyList<ActiveSuppression> Suppressions,
    IReadOnlyList<AttributeValue> Attributes,
    IReadOnlyList<RequestSummary> Requests)
{
    /// <summary>The names of the signed papers that are kept, by their SHA-256.</summary>
    public IReadOnlyDictionary<string, string> Papers { get; init; } = new Dictionary<string, string>();

    /// <summary>The mobile country and network code of the carrier, by the latest receipt or look-up; null while nobody has said.</summary>
    public string? NetworkCode { get; init; }

    public bool IsErased => Dates.ErasedAt is not null;

    /// <summary>The zone in which the person's clock is shown: theirs when confirmed, else the first that the number allows.</summary>
    public string? ClockZone => Zones.Count == 0 ? null : Zones[0];
}

/// <summary>Where the person said they live.</summary>
public sealed record SubscriberPlace(string? Region, string? State, string? Zone);

public sealed record SubscriberDates(
    DateTimeOffset AddedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastTextAt, DateTimeOffset? LastEngagedAt, DateTimeOffset? ErasedAt, ImportBatchId? ImportBatchId);

/// <summary>Where the person stands for one purpose, and on what proof.</summary>
/// <param name="State">As of now: a consent that has run out is expired.</param>
/// <param name="Wording">The version that the person was shown; null where none was.</param>
/// <param name="Proof">The event on which the present status rests; null where nothing has happened.</param>
public sealed record PurposeConsent(
    PurposeId PurposeId,
    string Purpose,
    string Brand,
    MessageClass MessageClass,
    bool IsRetired,
    ConsentState State,
    ShownWording? Wording,
    ConsentProof? Proof);

public sealed record ShownWording(WordingId Id, string Language, int Version, string Text, string PromisedFrequency, string PrivacyPolicyVersion, string Hash);

/// <param name="At">When the act happened; <paramref name="RecordedAt"/> is when the portal learned of it.</param>
/// <param name="RecordedBy">The name of who recorded it.</param>
/// <param name="Evidence">Null after an erasure, and where none was given.</param>
/// <param name="DocumentName">What the signed paper is called; null where the portal keeps none.</param>
public sealed record ConsentProof(
    long EventId,
    ConsentEventKind Kind,
    ConsentChannel Channel,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string RecordedBy,
    string? Reason,
    ConsentEvidence? Evidence,
    int? ImportRow,
    string? DocumentName = null);

/// <param name="Purpose">The purpose's name where the stop reaches one purpose only.</param>
public sealed record ActiveSuppression(SuppressionScope Scope, string? Purpose, string? Sender, SuppressionSource Source, string Reason, DateTimeOffset At);

/// <summary>One custom value with its type; exactly one of the values is set, a flag is the number 0 or 1.</summary>
public sealed record AttributeValue(string Name, AttributeType Type, bool IsSensitive, string? Text, double? Number, DateTimeOffset? Date);

public sealed record RequestSummary(PrivacyRequestId Id, int Number, PrivacyRequestKind Kind, PrivacyRequestStatus Status, DateTimeOffset ReceivedAt, DateOnly DueOn, DateTimeOffset? CompletedAt);
