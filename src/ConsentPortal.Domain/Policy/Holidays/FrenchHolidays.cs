namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>Code du travail, art. L3133-1; L3134-13 for Alsace and Moselle; L3422-2 for the overseas departments.</summary>
internal static class FrenchHolidays
{
    public static HolidayCalendar National { get; } = new("FR", NationalDays);

    private static readonly HolidayCalendar AlsaceMoselle = HolidayCalendar.Union(
        "FR Alsace-Moselle", National, new HolidayCalendar("Alsace-Moselle", year => [Days.Easter(year).AddDays(-2), Days.On(year, 12, 26)]));

    private static readonly HolidayCalendar Reunion = Abolition("RE", 12, 20);
    private static readonly HolidayCalendar Guadeloupe = Abolition("GP", 5, 27);
    private static readonly HolidayCalendar Martinique = Abolition("MQ", 5, 22);
    private static readonly HolidayCalendar Guiana = Abolition("GF", 6, 10);
    private static readonly HolidayCalendar Mayotte = Abolition("YT", 4, 27);

    /// <param name="department">Number of the department; null where it is not known.</param>
    public static HolidayCalendar Of(string region, string? department) => region switch
    {
        "RE" => Reunion,
        "GP" => Guadeloupe,
        "MQ" => Martinique,
        "GF" => Guiana,
        "YT" => Mayotte,
        _ => department is "57" or "67" or "68" ? AlsaceMoselle : National,
    };

    private static HolidayCalendar Abolition(string code, int month, int day) =>
        HolidayCalendar.Union($"FR {code}", National, new HolidayCalendar(code, year => [Days.On(year, month, day)]));

    private static IEnumerable<DateOnly> NationalDays(int year)
    {
        var easter = Days.Easter(year);
        return
        [
            Days.On(year, 1, 1), easter.AddDays(1), Days.On(year, 5, 1), Days.On(year, 5, 8), easter.AddDays(39), easter.AddDays(50),
            Days.On(year, 7, 14), Days.On(year, 8, 15), Days.On(year, 11, 1), Days.On(year, 11, 11), Days.On(year, 12, 25),
        ];
    }
}
