namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>Arbeitsruhegesetz § 7(2).</summary>
internal static class AustrianHolidays
{
    public static HolidayCalendar National { get; } = new("AT", year =>
    {
        var easter = Days.Easter(year);
        return
        [
            Days.On(year, 1, 1), Days.On(year, 1, 6), easter.AddDays(1), Days.On(year, 5, 1), easter.AddDays(39), easter.AddDays(50),
            easter.AddDays(60), Days.On(year, 8, 15), Days.On(year, 10, 26), Days.On(year, 11, 1), Days.On(year, 12, 8),
            Days.On(year, 12, 25), Days.On(year, 12, 26),
        ];
    });
}
