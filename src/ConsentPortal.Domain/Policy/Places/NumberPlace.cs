using System.Collections.Concurrent;
using PhoneNumbers;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>Where numbers of one kind belong: shared by all numbers of a North American exchange, or of a country's range.</summary>
internal sealed class NumberPlace
{
    /// <summary>More candidates than this tell nothing (C-05).</summary>
    public const int MaxZones = 10;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly ConcurrentDictionary<(string Region, string Key), NumberPlace> Places = new();
    private static readonly Locale English = new("en", "US");

    private NumberPlace(string? region, string[] states, string[] zones)
    {
        Region = region;
        States = states;
        ZoneNames = zones;
        Clocks = zones.Length > MaxZones ? [] : zones.Select(ZoneClock.Find).OfType<ZoneClock>().ToArray();
    }

    public static NumberPlace Nowhere { get; } = new(null, [], []);

    /// <summary>ISO region by the numbering plan, not by the calling code (N-01).</summary>
    public string? Region { get; }

    /// <summary>US states or Canadian provinces of the area code; more than one where exchanges cross the border (N-03).</summary>
    public string[] States { get; }

    public string[] ZoneNames { get; }

    /// <summary>Empty when the number does not tell where it is.</summary>
    public ZoneClock[] Clocks { get; }

    public static NumberPlace Of(PhoneNumber number, string region)
    {
        var national = Numbers.GetNationalSignificantNumber(number);
        var zones = PhoneNumberToTimeZonesMapper.GetInstance().GetTimeZonesForNumber(number);
        var key = number.CountryCode == 1 && national.Length >= 6 ? national[..6] : string.Join('|', zones);
        return Places.GetOrAdd((region, key), _ => number.CountryCode == 1 ? NorthAmerican(number, national, region, zones) : Elsewhere(region, zones));
    }

    private static NumberPlace Elsewhere(string region, IEnumerable<string> zones) => new(region, [], RegionZones.Narrow(zones, region));

    private static NumberPlace NorthAmerican(PhoneNumber number, string national, string region, List<string> zones)
    {
        var area = AreaCodes.Find(national.AsSpan(0, 3));
        if (area is null)
            return new NumberPlace(region, StateFromMetadata(number, region), RegionZones.Narrow(zones, region));
        var isExact = area.Zones.Length == 1 || (!AreaCodes.IsOverlay(area.Code) && Description(number).Contains(", ", StringComparison.Ordinal));
        return new NumberPlace(region, area.States, RegionZones.Narrow(isExact && area.Zones.Length > 1 ? zones : area.Zones, region));
    }

    // "Pensacola, FL" means that the exchange is known; "Florida" that only the area code is, and then all its zones count.
    private static string Description(PhoneNumber number) =>
        PhoneNumberOfflineGeocoder.GetInstance().GetDescriptionForNumber(number, English) ?? "";

    private static string[] StateFromMetadata(PhoneNumber number, string region)
    {
        var description = Description(number);
        var state = StateNames.Code(region, description[(description.LastIndexOf(", ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..]);
        return region is "US" or "CA" && state is not null ? [state] : [];
    }
}
