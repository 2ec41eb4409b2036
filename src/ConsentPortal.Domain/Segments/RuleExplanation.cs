namespace ConsentPortal.Domain.Segments;

/// <summary>One part of a rule, held against one person.</summary>
/// <param name="Path">Where it stands, as in <see cref="RuleProblem"/>.</param>
/// <param name="Seen">What is known of the person about it; null for a group.</param>
/// <param name="Decides">Whether the whole answer would be the other one if this part alone were otherwise.</param>
public sealed record RuleExplanation(SegmentRule Rule, string Path, string Words, bool IsMet, string? Seen, bool Decides, IReadOnlyList<RuleExplanation> Parts)
{
    public static RuleExplanation Of(SegmentRule rule, SegmentPerson person, RuleNames names) => Of(rule, "rule", person, names, decides: true);

    /// <summary>The conditions each of which, alone, keeps the person out: one of them is a near miss. Empty for a person who belongs.</summary>
    public IReadOnlyList<RuleExplanation> NearMisses => IsMet ? [] : [.. Conditions.Where(c => c.Decides)];

    private IEnumerable<RuleExplanation> Conditions => Rule is RuleGroup ? Parts.SelectMany(p => p.Conditions) : [this];

    private static RuleExplanation Of(SegmentRule rule, string path, SegmentPerson person, RuleNames names, bool decides)
    {
        var met = rule.Children.Select(child => child.Holds(person)).ToList();
        var parts = rule.Children.Select((child, i) => Of(child, $"{path}.{i + 1}", person, names, decides && IsTurnedBy(rule, met, i)));
        return new RuleExplanation(rule, path, WordsOf(rule, names), rule.Holds(person), rule.Seen(person), decides, [.. parts]);
    }

    // A group turns with one of its parts when all the others leave it to that one.
    private static bool IsTurnedBy(SegmentRule group, IReadOnlyList<bool> met, int part)
    {
        var others = met.Where((_, i) => i != part);
        return group is AllOf ? others.All(m => m) : others.All(m => !m);
    }

    private static string WordsOf(SegmentRule rule, RuleNames names) => rule switch
    {
        AllOf => "All of these",
        AnyOf => "Any of these",
        NoneOf => "None of these",
        _ => rule.Describe(names),
    };
}
