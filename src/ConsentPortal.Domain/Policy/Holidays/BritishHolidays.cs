namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>
/// Bank holidays by the Banking and Financial Dealings Act 1971 and the standing proclamations, with substitute days.
/// Days proclaimed for one year only are not foreseen.
/// </summary>
internal static class BritishHolidays
{
    public static HolidayCalendar EnglandAndWales { get; } = new("GB England and Wales", year =>
        [.. Days.WithMonday(Days.On(year, 1, 1)), .. Common(year), Days.Easter(year).AddDays(1), Days.Last(year, 8, DayOfWeek.Monday)]);

    public static HolidayCalendar Scotland { get; } = new("GB Scotland", year =>
    [
        .. Days.PairWithSubstitutes(Days.On(year, 1, 1)), .. Common(year), Days.Nth(year, 8, DayOfWeek.Monday, 1),
        .. Days.WithMonday(Days.On(year, 11, 30)),
    ]);

    public static HolidayCalendar NorthernIreland { get; } = HolidayCalendar.Union(
        "GB Northern Ireland",
        EnglandAndWales,
        new HolidayCalendar("NIR", year => [.. Days.WithMonday(Days.On(year, 3, 17)), .. Days.WithMonday(Days.On(year, 7, 12))]));

    /// <summary>Every day that is a holiday in one of the nations.</summary>
    public static HolidayCalendar AnyNation { get; } = HolidayCalendar.Union("GB, any nation", EnglandAndWales, Scotland, NorthernIreland);

    /// <summary>A holiday wherever one is in the country.</summary>
    public static bool InEveryNation(DateOnly day) => EnglandAndWales.Contains(day) && Scotland.Contains(day) && NorthernIreland.Contains(day);

    /// <param name="nation">ENG, WLS, SCT or NIR.</param>
    public static HolidayCalendar Of(string? nation) => nation switch
    {
        "ENG" or "WLS" => EnglandAndWales,
        "SCT" => Scotland,
        "NIR" => NorthernIreland,
        _ => AnyNation,
    };

    private static IEnumerable<DateOnly> Common(int year) =>
    [
        Days.Easter(year).AddDays(-2), Days.Nth(year, 5, DayOfWeek.Monday, 1), Days.Last(year, 5, DayOfWeek.Monday),
        .. Days.PairWithSubstitutes(Days.On(year, 12, 25)),
    ];
}
