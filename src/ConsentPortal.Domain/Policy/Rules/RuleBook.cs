using System.Collections.Concurrent;
using System.Collections.Frozen;
using ConsentPortal.Domain.Policy.Countries;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>All rules of the portal, found by country and state.</summary>
public static class RuleBook
{
    private static readonly Country Other = new Elsewhere();

    private static readonly Country[] Countries = typeof(Country).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Country)) && !t.IsAbstract && t != typeof(Elsewhere))
        .Select(t => (Country)Activator.CreateInstance(t)!)
        .OrderBy(c => c.Regions[0], StringComparer.Ordinal)
        .Append(Other)
        .ToArray();

    private static readonly FrozenDictionary<string, Country> ByRegion =
        Countries.SelectMany(c => c.Regions.Select(r => (r, c))).ToFrozenDictionary(e => e.r, e => e.c);

    private static readonly ConcurrentDictionary<(string Region, string? State), RuleSet[]> Sets = new();

    /// <summary>Every rule once, by id.</summary>
    public static IReadOnlyList<PolicyRule> All { get; } = AllSets()
        .SelectMany(s => s.Rules)
        .GroupBy(r => r.Id, StringComparer.Ordinal)
        .Select(g => g.First())
        .OrderBy(r => r.Id, StringComparer.Ordinal)
        .ToArray();

    /// <summary>The same rules, by the countries and states in which they count.</summary>
    public static IReadOnlyList<RuleChapter> Chapters { get; } = RuleChapter.Of(AllSets());

    /// <summary>Null for an id that no rule has.</summary>
    public static PolicyRule? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    /// <summary>ISO regions that somebody has entered; XX stands for all the others.</summary>
    internal static IEnumerable<string> Regions => ByRegion.Keys;

    internal static Country CountryOf(string region) => ByRegion.GetValueOrDefault(region, Other);

    internal static RuleSet[] For(string region, string? state)
    {
        var country = CountryOf(region);
        return Sets.GetOrAdd((ReferenceEquals(country, Other) ? "XX" : region, state), static (key, owner) => owner.Sets(key.Region, key.State), country);
    }

    internal static IEnumerable<RuleSet> AllSets() => Countries.SelectMany(c => c.AllSets()).Prepend(Everywhere.Rules).Append(Gdpr.ForEstablishment);
}
