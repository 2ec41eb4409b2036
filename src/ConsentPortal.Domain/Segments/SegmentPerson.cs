using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Segments;

/// <summary>One person as far as rules ask about them.</summary>
/// <param name="At">When the question is put.</param>
/// <param name="Region">Of the number; ISO 3166.</param>
/// <param name="Country">Where they said they live.</param>
public sealed record SegmentPerson(
    RuleMoment At, string? Region, string? Country, string? State, string? Language, string Source, LineType LineType, FrequencyPreference Frequency,
    DateTimeOffset AddedAt, DateTimeOffset? LastTextAt)
{
    /// <summary>The IANA zone that the person confirmed; null for none.</summary>
    public string? Zone { get; init; }

    public IReadOnlyDictionary<PurposeId, SeenConsent> Consents { get; init; } = new Dictionary<PurposeId, SeenConsent>();

    public IReadOnlyDictionary<int, SeenValue> Attributes { get; init; } = new Dictionary<int, SeenValue>();

    public IReadOnlyList<SeenPurchase> Purchases { get; init; } = [];

    /// <summary>When the person wrote.</summary>
    public IReadOnlyList<DateTimeOffset> Replies { get; init; } = [];

    /// <summary>What campaigns sent the person.</summary>
    public IReadOnlyList<SeenText> Texts { get; init; } = [];

    /// <summary>Of what campaigns the person opened links, and when.</summary>
    public IReadOnlyList<SeenText> Clicks { get; init; } = [];

    public DateTimeOffset? LastEngagedAt { get; init; }

    /// <summary>The person's lot in every draw; see <see cref="InBucket"/>.</summary>
    public int Lot { get; init; }

    /// <summary>The static lists that the person stands on.</summary>
    public IReadOnlySet<SegmentId> Lists { get; init; } = new HashSet<SegmentId>();

    internal TimeSpan Age(DateTimeOffset at) => At.Instant - at;

    internal ConsentStatus Standing(PurposeId purpose) => Consents.TryGetValue(purpose, out var consent) ? consent.State.StatusAt(At.Instant) : ConsentStatus.None;

    /// <summary>"3 Nov 2026 (21 days ago)", by the organisation's clock.</summary>
    internal string Dated(DateTimeOffset at) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At.DayOf(at):d MMM yyyy} ({RuleNames.Days((int)Age(at).TotalDays)} ago)");
}

/// <param name="Words">The wording that the consent stands on; null when none is recorded.</param>
public sealed record SeenConsent(ConsentState State, SeenWording? Words);

public sealed record SeenWording(PurposeId Purpose, string Language, int Version);

/// <param name="Amount">In the organisation's currency; null when it was not told.</param>
public sealed record SeenPurchase(DateTimeOffset At, double? Amount);

public sealed record SeenText(DateTimeOffset At, CampaignId? Campaign);

/// <summary>A custom value: at most one of the three is there, a flag is the number 0 or 1, and a list is a text as <see cref="ValueList"/> keeps it.</summary>
public sealed record SeenValue(string? Text, double? Number, DateTimeOffset? Date)
{
    /// <summary>The day of the calendar that a date means: that of its stored time in UTC, in every zone.</summary>
    internal DateOnly? Day => Date is { } date ? DateOnly.FromDateTime(date.UtcDateTime) : null;
}
