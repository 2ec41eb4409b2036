using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>
/// Federal holidays (5 U.S.C. § 6103), on the day itself and on the day on which they are observed, and the extra days of
/// states whose rows bar holidays.
/// </summary>
public static class UsHolidays
{
    internal static HolidayCalendar Federal { get; } = new("US federal", FederalDays);

    private static readonly FrozenDictionary<string, HolidayCalendar> WithExtras = new Dictionary<string, Func<int, IEnumerable<DateOnly>>>
    {
        // Mardi Gras, Confederate Memorial Day, Jefferson Davis's birthday.
        ["AL"] = year => [MardiGras(year), Days.Nth(year, 4, DayOfWeek.Monday, 4), Days.Nth(year, 6, DayOfWeek.Monday, 1)],

        // Mardi Gras, Good Friday, All Saints.
        ["LA"] = year => [MardiGras(year), Days.Easter(year).AddDays(-2), Days.On(year, 11, 1)],

        // Victory Day.
        ["RI"] = year => [Days.Nth(year, 8, DayOfWeek.Monday, 2)],
    }.ToFrozenDictionary(s => s.Key, s => HolidayCalendar.Union($"US-{s.Key}", Federal, new HolidayCalendar(s.Key, s.Value)));

    /// <summary>Federal days and the extras of every state: for a person whose state is not known.</summary>
    internal static HolidayCalendar AnyState { get; } = HolidayCalendar.Union("US, any state", [.. WithExtras.Values]);

    /// <summary>Whether some state bars texts on that day as on a holiday.</summary>
    public static bool IsAnywhere(DateOnly day) => AnyState.Contains(day);

    internal static HolidayCalendar Of(string state) => WithExtras.GetValueOrDefault(state, Federal);

    private static DateOnly MardiGras(int year) => Days.Easter(year).AddDays(-47);

    private static IEnumerable<DateOnly> FederalDays(int year) =>
    [
        .. Observed(Days.On(year, 1, 1)),
        Days.Nth(year, 1, DayOfWeek.Monday, 3),
        Days.Nth(year, 2, DayOfWeek.Monday, 3),
        Days.Last(year, 5, DayOfWeek.Monday),
        .. Observed(Days.On(year, 6, 19)),
        .. Observed(Days.On(year, 7, 4)),
        Days.Nth(year, 9, DayOfWeek.Monday, 1),
        Days.Nth(year, 10, DayOfWeek.Monday, 2),
        .. Observed(Days.On(year, 11, 11)),
        Days.Nth(year, 11, DayOfWeek.Thursday, 4),
        .. Observed(Days.On(year, 12, 25)),
    ];

    private static IEnumerable<DateOnly> Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => [day, day.AddDays(-1)],
        DayOfWeek.Sunday => [day, day.AddDays(1)],
        _ => [day],
    };
}
