using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Preferences;

namespace ConsentPortal.Web.Commands;

/// <summary>One line of <c>policy check</c>. What is absent is not known; every instant without an offset is UTC.</summary>
internal sealed record PolicyQuestion
{
    /// <summary>Any JSON value; it comes back as it is.</summary>
    public JsonElement? Id { get; init; }

    [JsonConverter(typeof(UtcInstant))]
    public required DateTimeOffset At { get; init; }

    public required MessageClass MessageClass { get; init; }

    public required string To { get; init; }

    public string? DeclaredCountry { get; init; }

    public string? DeclaredState { get; init; }

    public string? DeclaredZone { get; init; }

    public PolicyPreset? Preset { get; init; }

    public ConsentInput? Consent { get; init; }

    public string? Brand { get; init; }

    public bool? Suppressed { get; init; }

    public FrequencyPreference? Frequency { get; init; }

    public int? PromisedPerMonth { get; init; }

    public string? Subject { get; init; }

    public IReadOnlyList<RecentSendInput>? RecentSends { get; init; }

    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? PurchaseAt { get; init; }

    public string? Body { get; init; }

    public SenderInput? Sender { get; init; }

    public DncInput? Dnc { get; init; }

    public ReassignedInput? Reassigned { get; init; }

    public SendFacts ToFacts() => new()
    {
        MessageClass = MessageClass,
        To = Recipient.Of(To.Trim()),
        Brand = Brand,
        DeclaredCountry = Country(),
        DeclaredState = DeclaredState,
        DeclaredZone = Zone(),
        Preset = Preset,
        Consent = Consent?.ToConsent(),
        Suppression = Suppressed == true ? SuppressionScope.All : null,
        Frequency = Frequency ?? FrequencyPreference.Every,
        PromisedPerMonth = PromisedPerMonth,
        Subject = Subject,
        RecentSends = RecentSends?.Select(s => new RecentSend(s.At, s.MessageClass, s.Subject)).ToArray() ?? [],
        PurchaseAt = PurchaseAt,
        Body = Body is null ? null : new MessageBody(Body),
        Sender = Sender is null ? null : new SenderFacts(Sender.Number, Sender.CanReceive),
        Dnc = Dnc is null ? null : new DncCheck(Dnc.Listed, Dnc.ScrubbedAt),
        Reassigned = Reassigned is null ? null : new ReassignedCheck(Reassigned.Answer, Reassigned.CheckedAt),
    };

    private string? Country()
    {
        if (DeclaredCountry is { Length: not 2 } || (DeclaredCountry is not null && !DeclaredCountry.All(char.IsAsciiLetter)))
            throw new InputException("declaredCountry", "give the two letters of ISO 3166, such as US.");
        return DeclaredCountry;
    }

    private string? Zone() => DeclaredZone is null || IanaZones.IsKnown(DeclaredZone)
        ? DeclaredZone
        : throw new InputException("declaredZone", "give an IANA time zone, such as America/New_York.");
}

internal sealed record ConsentInput
{
    public ConsentStatusInput State { get; init; }

    public ConsentLevel Level { get; init; }

    public CaptureMethod? Method { get; init; }

    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? GrantedAt { get; init; }

    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? ExpiresAt { get; init; }

    public DoubleOptIn DoubleOptInBy { get; init; }

    public ImpliedFromInput? ImpliedFrom { get; init; }

    public string? Brand { get; init; }

    public SendConsent ToConsent() => new()
    {
        State = (ConsentStatus)State,
        Level = Level,
        Method = Method,
        GrantedAt = GrantedAt,
        ExpiresAt = ExpiresAt,
        DoubleOptInBy = DoubleOptInBy,
        ImpliedFrom = ImpliedFrom is null ? null : new ImpliedFrom(ImpliedFrom.Kind, ImpliedFrom.At),
        Brand = Brand,
    };
}

/// <summary>The states that a line can name; a voided consent is given as none.</summary>
internal enum ConsentStatusInput
{
    None = ConsentStatus.None,
    Pending = ConsentStatus.Pending,
    Granted = ConsentStatus.Granted,
    Withdrawn = ConsentStatus.Withdrawn,
    Expired = ConsentStatus.Expired,
}

internal sealed record ImpliedFromInput
{
    public required ImpliedKind Kind { get; init; }

    [JsonConverter(typeof(UtcInstant))]
    public required DateTimeOffset At { get; init; }
}

internal sealed record RecentSendInput
{
    [JsonConverter(typeof(UtcInstant))]
    public required DateTimeOffset At { get; init; }

    /// <summary>A text of unknown class counts like the strictest.</summary>
    public MessageClass MessageClass { get; init; } = MessageClass.Marketing;

    public string? Subject { get; init; }
}

internal sealed record SenderInput
{
    public string? Number { get; init; }

    public bool? CanReceive { get; init; }
}

internal sealed record DncInput
{
    public bool? Listed { get; init; }

    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? ScrubbedAt { get; init; }
}

internal sealed record ReassignedInput
{
    public required ReassignedAnswer Answer { get; init; }

    [JsonConverter(typeof(OptionalUtcInstant))]
    public DateTimeOffset? CheckedAt { get; init; }
}
