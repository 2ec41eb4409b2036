namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>The rules that the same rule sets share: those of one country, of one state, of the whole Union.</summary>
/// <param name="Codes">Of the sets: US, US-FL, FR, PORTAL; in their order.</param>
/// <param name="Names">Of the sets, in the same order.</param>
public sealed record RuleChapter(IReadOnlyList<string> Codes, IReadOnlyList<string> Names, IReadOnlyList<PolicyRule> Rules)
{
    /// <summary>ISO countries for which the chapter counts; empty for rules that count everywhere or by choice of a preset.</summary>
    public IReadOnlyList<string> Countries { get; } =
        [.. Codes.Select(code => code.Split('-')[0]).Where(code => code.Length == 2 && code != "XX").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Every rule of the book once, in the chapter of all the sets that hold it.</summary>
    internal static IReadOnlyList<RuleChapter> Of(IEnumerable<RuleSet> sets)
    {
        var holders = sets.SelectMany(set => set.Rules.Select(rule => (Rule: rule, set.Code, set.Name)))
            .GroupBy(entry => entry.Rule.Id, StringComparer.Ordinal)
            .Select(group => (group.First().Rule, Sets: group.Select(entry => (entry.Code, entry.Name)).DistinctBy(set => set.Code).OrderBy(set => set.Code, StringComparer.Ordinal).ToArray()));
        return
        [
            .. holders.GroupBy(entry => string.Join(' ', entry.Sets.Select(set => set.Code)), StringComparer.Ordinal)
                .Select(group => new RuleChapter(
                    [.. group.First().Sets.Select(set => set.Code)], [.. group.First().Sets.Select(set => set.Name)], [.. group.Select(entry => entry.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal)]))
                .OrderBy(Place).ThenByDescending(chapter => chapter.Codes.Count).ThenBy(chapter => chapter.Codes[0], StringComparer.Ordinal),
        ];
    }

    /// <summary>What counts everywhere comes first, what is left for any other country last.</summary>
    private static int Place(RuleChapter chapter) => chapter switch
    {
        { Codes: ["PORTAL", ..] } => 0,
        { Countries.Count: > 0 } => 2,
        { Codes: ["XX", ..] } => 3,
        _ => 1,
    };
}
