using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>The names of what rules point to by id, for their sentences.</summary>
public sealed record RuleNames(IReadOnlyDictionary<PurposeId, string> Purposes, IReadOnlyDictionary<int, string> Attributes,
    IReadOnlyDictionary<SegmentId, string>? Lists = null)
{
    public static RuleNames None { get; } = new(new Dictionary<PurposeId, string>(), new Dictionary<int, string>());

    public string Purpose(PurposeId id) => Purposes.TryGetValue(id, out var name) ? name : "a purpose that is gone";

    public string Attribute(int id) => Attributes.TryGetValue(id, out var name) ? name : "an attribute that is gone";

    public string List(SegmentId id) => Lists is not null && Lists.TryGetValue(id, out var name) ? name : "a list that is gone";

    /// <summary>"A", "A or B", "A, B or C".</summary>
    internal static string Or(IEnumerable<string> words) => Join([.. words], "or");

    internal static string Join(IReadOnlyList<string> words, string last) => words.Count switch
    {
        0 => "nothing",
        1 => words[0],
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[^1]}",
    };

    internal static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
