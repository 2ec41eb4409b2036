using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Campaigns;

/// <summary>People who would wait or fall away for one reason.</summary>
/// <param name="Gate">Null where the campaign itself leaves them out, before any rule is asked.</param>
/// <param name="Samples">Up to five of them, by id: their numbers are looked up, and masked, when somebody reads.</param>
public sealed record DryRunReason(DecisionKind Kind, Gate? Gate, SendReason Reason, string? Rule, int Count, IReadOnlyList<Guid> Samples);

/// <param name="Start">First instant of the hour (UTC).</param>
public sealed record DryRunHour(DateTimeOffset Start, int Texts);

/// <param name="Region">ISO country of the numbers; empty where none is known.</param>
/// <param name="Price">For one part, as it was known then; null where it was not.</param>
public sealed record DryRunCountry(string Region, int Texts, int Parts, PartPrice? Price)
{
    /// <summary>In euro; null where no price is known.</summary>
    [JsonIgnore]
    public decimal? Cost => Price?.Euro * Parts;
}

/// <summary>What a dry run found beside its totals, as it is stored.</summary>
/// <param name="StartsAt">The instant for which every person was judged.</param>
/// <param name="Reasons">Whom the campaign itself leaves out first, then in the order of the gates.</param>
/// <param name="Hours">When the texts would leave, hours without texts left out.</param>
/// <param name="Parts">Texts by their number of parts.</param>
/// <param name="Encodings">Texts by encoding.</param>
/// <param name="Missing">People without a value, by merge field.</param>
/// <param name="OverPromise">
/// People who could be texted at the start but for having had as many texts in the promised day, week or month as their wording promised, whatever else
/// makes them wait (CT-02).
/// </param>
public sealed record DryRunDetail(
    DateTimeOffset StartsAt,
    int PolicyVersion,
    IReadOnlyList<DryRunReason> Reasons,
    IReadOnlyList<DryRunHour> Hours,
    IReadOnlyDictionary<int, int> Parts,
    IReadOnlyDictionary<string, int> Encodings,
    IReadOnlyDictionary<string, int> Missing,
    int OverPromise = 0)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>People who would get each variant; empty where there is one text.</summary>
    public IReadOnlyDictionary<string, int> Variants { get; init; } = new Dictionary<string, int>();

    /// <summary>People who would get the words in each language; empty where there is one.</summary>
    public IReadOnlyDictionary<string, int> Languages { get; init; } = new Dictionary<string, int>();

    /// <summary>Those of them who get the usual words because there are none in the language that they read; empty text for people whose language nobody knows.</summary>
    public IReadOnlyDictionary<string, int> FallBacks { get; init; } = new Dictionary<string, int>();

    /// <summary>Within which the hours were reckoned; null where the sender had no limit.</summary>
    public SenderLimits? Sender { get; init; }

    /// <summary>Texts that could leave, but at the pace of the campaign or its sender not before its last moment.</summary>
    public int TooSlow { get; init; }

    /// <summary>For how many of those who would get it an hour is shut by the rules of where they are and the hours of the campaign, from the start to the last of <see cref="Hours"/>; hours open to all are left out.</summary>
    public IReadOnlyList<ClosedHour> Closed { get; init; } = [];

    /// <summary>What would be paid in each country, most parts first; empty for a dry run from before costs were reckoned.</summary>
    public IReadOnlyList<DryRunCountry> Countries { get; init; } = [];

    /// <summary>What came of earlier campaigns of the purpose; null for a dry run from before that was looked up.</summary>
    public PastOptOuts? Past { get; init; }

    /// <summary>In euro, of the countries whose price is known.</summary>
    [JsonIgnore]
    public decimal Cost => Countries.Sum(c => c.Cost ?? 0);

    /// <summary>Parts to countries whose price nobody knows.</summary>
    [JsonIgnore]
    public int UnpricedParts => Countries.Where(c => c.Price is null).Sum(c => c.Parts);

    /// <summary>What would be paid for.</summary>
    [JsonIgnore]
    public int TotalParts => Parts.Sum(p => p.Key * p.Value);

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static DryRunDetail Read(string json) => JsonSerializer.Deserialize<DryRunDetail>(json, Json)!;
}
