using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>
/// The holiday laws of the sixteen Länder. Days that only some municipalities of a Land keep (Corpus Christi in Saxony and
/// Thuringia, Assumption in Bavaria) count for the whole Land, because an address rarely tells.
/// </summary>
internal static class GermanHolidays
{
    private static readonly string[] Laender =
        ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"];

    private static readonly FrozenDictionary<string, HolidayCalendar> ByLand =
        Laender.ToFrozenDictionary(land => land, land => new HolidayCalendar($"DE-{land}", year => DaysOf(land, year)));

    /// <summary>For a person whose Land is not known: every day that is a holiday somewhere.</summary>
    public static HolidayCalendar AnyLand { get; } = HolidayCalendar.Union("DE, any Land", [.. ByLand.Values]);

    public static bool IsLand(string? land) => land is not null && ByLand.ContainsKey(land);

    public static HolidayCalendar Of(string? land) => land is not null && ByLand.TryGetValue(land, out var calendar) ? calendar : AnyLand;

    private static IEnumerable<DateOnly> DaysOf(string land, int year)
    {
        var easter = Days.Easter(year);
        DateOnly[] everywhere =
        [
            Days.On(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), Days.On(year, 5, 1), easter.AddDays(39), easter.AddDays(50),
            Days.On(year, 10, 3), Days.On(year, 12, 25), Days.On(year, 12, 26),
        ];
        return [.. everywhere, .. Extras(land, year, easter)];
    }

    private static IEnumerable<DateOnly> Extras(string land, int year, DateOnly easter)
    {
        if (land is "BW" or "BY" or "ST")
            yield return Days.On(year, 1, 6);
        if (land is "BE" or "MV")
            yield return Days.On(year, 3, 8);
        if (land is "BB")
        {
            yield return easter;
            yield return easter.AddDays(49);
        }

        if (land is "BW" or "BY" or "HE" or "NW" or "RP" or "SL" or "SN" or "TH")
            yield return easter.AddDays(60);
        if (land is "SL" or "BY")
            yield return Days.On(year, 8, 15);
        if (land is "TH")
            yield return Days.On(year, 9, 20);
        if (land is "BB" or "HB" or "HH" or "MV" or "NI" or "SN" or "ST" or "SH" or "TH")
            yield return Days.On(year, 10, 31);
        if (land is "BW" or "BY" or "NW" or "RP" or "SL")
            yield return Days.On(year, 11, 1);
        if (land is "SN")
            yield return Days.Before(Days.On(year, 11, 23), DayOfWeek.Wednesday);
        foreach (var day in Once(land, year))
            yield return day;
    }

    // Berlin's days of remembrance, each for one year.
    private static IEnumerable<DateOnly> Once(string land, int year) => (land, year) switch
    {
        ("BE", 2025) => [Days.On(2025, 5, 8)],
        ("BE", 2028) => [Days.On(2028, 6, 17)],
        _ => [],
    };
}
