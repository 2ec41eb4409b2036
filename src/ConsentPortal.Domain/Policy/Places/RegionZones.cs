using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>The zones of a country by the IANA database, and of a US state or Canadian province by its area codes.</summary>
internal static class RegionZones
{
    private static readonly FrozenDictionary<string, string[]> ByRegion =
        EmbeddedCsv.Rows("region-zones.csv").ToFrozenDictionary(row => row[0], row => row[1].Split('|'));

    private static readonly ConcurrentDictionary<(string Country, string? State), ZoneClock[]> Clocks = new();

    public static bool IsRegion(string region) => ByRegion.ContainsKey(region);

    /// <summary>Empty for an unknown region.</summary>
    public static ReadOnlySpan<string> Names(string region) => ByRegion.GetValueOrDefault(region) ?? [];

    /// <summary>The clocks of an address; of the whole country when the state is not known.</summary>
    public static ZoneClock[] Of(string country, string? state) => Clocks.GetOrAdd((country, state), static address =>
    {
        var ofState = address.State is null ? [] : AreaCodes.ZonesOfState(address.Country, address.State);
        return (ofState.Length > 0 ? ofState : ByRegion.GetValueOrDefault(address.Country) ?? [])
            .Select(ZoneClock.Find).OfType<ZoneClock>().ToArray();
    });

    /// <summary>
    /// The candidate zones without those outside the region (N-07): the metadata gives all of a calling code's zones for
    /// many mobile ranges. When none is left, all zones of the region.
    /// </summary>
    public static string[] Narrow(IEnumerable<string> candidates, string region)
    {
        var own = ByRegion.GetValueOrDefault(region);
        var canonical = candidates.Select(z => ZoneClock.Find(z)?.Id).OfType<string>().Distinct().ToArray();
        if (own is null)
            return canonical;
        var narrowed = canonical.Where(own.Contains).ToArray();
        return narrowed.Length > 0 ? narrowed : own;
    }
}
