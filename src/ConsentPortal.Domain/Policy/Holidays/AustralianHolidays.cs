using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>The national public holidays (Fair Work Act 2009 s. 115), and the regular extra days of states and territories.</summary>
internal static class AustralianHolidays
{
    public static HolidayCalendar National { get; } = new("AU national", NationalDays);

    private static readonly FrozenDictionary<string, HolidayCalendar> ByState =
        new[] { "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA" }.ToFrozenDictionary(
            state => state,
            state => HolidayCalendar.Union($"AU-{state}", National, new HolidayCalendar(state, year => Extras(state, year))));

    /// <summary>The national days alone when the state is not known: the standards speak of national holidays.</summary>
    public static HolidayCalendar Of(string? state) => state is not null && ByState.TryGetValue(state, out var calendar) ? calendar : National;

    private static IEnumerable<DateOnly> NationalDays(int year)
    {
        var easter = Days.Easter(year);
        return
        [
            .. Days.WithMonday(Days.On(year, 1, 1)), .. Days.WithMonday(Days.On(year, 1, 26)), easter.AddDays(-2), easter.AddDays(1),
            Days.On(year, 4, 25), .. Days.PairWithSubstitutes(Days.On(year, 12, 25)),
        ];
    }

    private static DateOnly[] Extras(string state, int year)
    {
        DateOnly[] own = state switch
        {
            "ACT" =>
            [
                Days.Nth(year, 3, DayOfWeek.Monday, 2), Days.OnOrAfter(Days.On(year, 5, 27), DayOfWeek.Monday),
                Days.Nth(year, 6, DayOfWeek.Monday, 2), Days.Nth(year, 10, DayOfWeek.Monday, 1),
            ],
            "NSW" => [Days.Nth(year, 6, DayOfWeek.Monday, 2), Days.Nth(year, 10, DayOfWeek.Monday, 1)],
            "NT" => [Days.Nth(year, 5, DayOfWeek.Monday, 1), Days.Nth(year, 6, DayOfWeek.Monday, 2), Days.Nth(year, 8, DayOfWeek.Monday, 1)],
            "QLD" => [Days.Nth(year, 5, DayOfWeek.Monday, 1), Days.Nth(year, 10, DayOfWeek.Monday, 1)],
            "SA" => [Days.Nth(year, 3, DayOfWeek.Monday, 2), Days.Nth(year, 6, DayOfWeek.Monday, 2), Days.Nth(year, 10, DayOfWeek.Monday, 1)],
            "TAS" => [Days.Nth(year, 3, DayOfWeek.Monday, 2), Days.Nth(year, 6, DayOfWeek.Monday, 2)],
            "VIC" => [Days.Nth(year, 3, DayOfWeek.Monday, 2), Days.Nth(year, 6, DayOfWeek.Monday, 2), Days.Nth(year, 11, DayOfWeek.Tuesday, 1)],
            "WA" => [Days.Nth(year, 3, DayOfWeek.Monday, 1), Days.Nth(year, 6, DayOfWeek.Monday, 1), Days.Last(year, 9, DayOfWeek.Monday)],
            _ => [],
        };
        return state is "TAS" or "WA" ? own : [.. own, Days.Easter(year).AddDays(-1)];
    }
}
