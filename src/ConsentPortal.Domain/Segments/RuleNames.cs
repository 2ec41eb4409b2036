using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>The names of what rules point to by id, for their sentences.</summary>
public sealed record RuleNames(IReadOnlyDictionary<PurposeId, string> Purposes, IReadOnlyDictionary<int, string> Attributes,
    IReadOnlyDictionary<SegmentId, string>? Lists = null)
{
    /// <summary>All segments, archived ones as such.</summary>
    public IReadOnlyDictionary<SegmentId, string> Segments { get; init; } = new Dictionary<SegmentId, string>();

    public IReadOnlyDictionary<CampaignId, string> Campaigns { get; init; } = new Dictionary<CampaignId, string>();

    public static RuleNames None { get; } = new(new Dictionary<PurposeId, string>(), new Dictionary<int, string>());

    public string Purpose(PurposeId id) => Purposes.TryGetValue(id, out var name) ? name : "a purpose that is gone";

    public string Attribute(int id) => Attributes.TryGetValue(id, out var name) ? name : "an attribute that is gone";

    public string List(SegmentId id) => Lists is not null && Lists.TryGetValue(id, out var name) ? name : "a list that is gone";

    public string Segment(SegmentId id) => Segments.TryGetValue(id, out var name) ? name : "a segment that is gone";

    public string Campaign(CampaignId id) => Campaigns.TryGetValue(id, out var name) ? $"\"{name}\"" : "that is gone";

    /// <summary>"A", "A or B", "A, B or C".</summary>
    internal static string Or(IEnumerable<string> words) => Join([.. words], "or");

    internal static string Join(IReadOnlyList<string> words, string last) => words.Count switch
    {
        0 => "nothing",
        1 => words[0],
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[^1]}",
    };

    /// <summary>"" for once, which goes without saying; " at least 3 times".</summary>
    internal static string AtLeast(int times) => times == 1 ? "" : $" at least {times} times";

    /// <summary>"never", "once", "3 times".</summary>
    internal static string Often(int times) => times switch { 0 => "never", 1 => "once", _ => $"{times} times" };

    internal static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
