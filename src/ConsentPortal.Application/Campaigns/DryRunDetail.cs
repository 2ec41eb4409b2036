using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Campaigns;

/// <summary>People who would wait or fall away for one reason.</summary>
/// <param name="Gate">Null where the campaign itself leaves them out, before any rule is asked.</param>
/// <param name="Samples">Up to five of them, by id: their numbers are looked up, and masked, when somebody reads.</param>
public sealed record DryRunReason(DecisionKind Kind, Gate? Gate, SendReason Reason, string? Rule, int Count, IReadOnlyList<Guid> Samples);

/// <param name="Start">First instant of the hour (UTC).</param>
public sealed record DryRunHour(DateTimeOffset Start, int Texts);

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

    /// <summary>Texts that could leave, but at the campaign's pace not before its last moment.</summary>
    public int TooSlow { get; init; }

    /// <summary>What would be paid for.</summary>
    [JsonIgnore]
    public int TotalParts => Parts.Sum(p => p.Key * p.Value);

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static DryRunDetail Read(string json) => JsonSerializer.Deserialize<DryRunDetail>(json, Json)!;
}
