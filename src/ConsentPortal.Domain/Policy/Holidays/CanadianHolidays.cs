using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>General holidays of the Canada Labour Code (s. 166), and what the provinces' employment standards add.</summary>
internal static class CanadianHolidays
{
    public static HolidayCalendar Federal { get; } = new("CA federal", FederalDays);

    private static readonly FrozenDictionary<string, HolidayCalendar> ByProvince =
        new[] { "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT" }.ToFrozenDictionary(
            province => province,
            province => HolidayCalendar.Union($"CA-{province}", Federal, new HolidayCalendar(province, year => Extras(province, year))));

    public static HolidayCalendar AnyProvince { get; } = HolidayCalendar.Union("CA, any province", [.. ByProvince.Values]);

    public static HolidayCalendar Of(string? province) =>
        province is not null && ByProvince.TryGetValue(province, out var calendar) ? calendar : AnyProvince;

    private static IEnumerable<DateOnly> FederalDays(int year) =>
    [
        .. Days.WithMonday(Days.On(year, 1, 1)),
        Days.Easter(year).AddDays(-2),
        Days.Before(Days.On(year, 5, 25), DayOfWeek.Monday),
        .. Days.WithMonday(Days.On(year, 7, 1)),
        Days.Nth(year, 9, DayOfWeek.Monday, 1),
        .. Days.WithMonday(Days.On(year, 9, 30)),
        Days.Nth(year, 10, DayOfWeek.Monday, 2),
        .. Days.WithMonday(Days.On(year, 11, 11)),
        .. Days.PairWithSubstitutes(Days.On(year, 12, 25)),
    ];

    private static IEnumerable<DateOnly> Extras(string province, int year)
    {
        if (province is "AB" or "BC" or "MB" or "NB" or "NS" or "ON" or "PE" or "SK")
            yield return Days.Nth(year, 2, DayOfWeek.Monday, 3);
        if (province is "QC")
        {
            yield return Days.Easter(year).AddDays(1);
            yield return Days.On(year, 6, 24);
        }

        if (province is "AB" or "BC" or "MB" or "NB" or "NT" or "NU" or "ON" or "SK")
            yield return Days.Nth(year, 8, DayOfWeek.Monday, 1);
        if (province is "NT" or "YT")
            yield return Days.On(year, 6, 21);
        if (province is "YT")
            yield return Days.Nth(year, 8, DayOfWeek.Monday, 3);
        if (province is "NU")
            yield return Days.On(year, 7, 9);
    }
}
