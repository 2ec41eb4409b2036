namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>The few ways in which laws name a day.</summary>
internal static class Days
{
    public static DateOnly On(int year, int month, int day) => new(year, month, day);

    /// <summary>Easter Sunday of the western churches (Oudin's method), for any Gregorian year.</summary>
    public static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var epact = (century - (century / 4) - (((8 * century) + 13) / 25) + (19 * golden) + 15) % 30;
        var fullMoon = epact - (epact / 28 * (1 - (29 / (epact + 1) * ((21 - golden) / 11))));
        var weekday = (year + (year / 4) + fullMoon + 2 - century + (century / 4)) % 7;
        var sunday = fullMoon - weekday;
        var month = 3 + ((sunday + 40) / 44);
        return new DateOnly(year, month, sunday + 28 - (31 * (month / 4)));
    }

    /// <param name="n">1 is the first in the month.</param>
    public static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((weekday - first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    public static DateOnly Last(int year, int month, DayOfWeek weekday)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-((last.DayOfWeek - weekday + 7) % 7));
    }

    /// <summary>The last such weekday strictly before the day.</summary>
    public static DateOnly Before(DateOnly day, DayOfWeek weekday) => day.AddDays(-(((day.DayOfWeek - weekday + 6) % 7) + 1));

    /// <summary>The first such weekday on or after the day.</summary>
    public static DateOnly OnOrAfter(DateOnly day, DayOfWeek weekday) => day.AddDays((weekday - day.DayOfWeek + 7) % 7);

    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The day, and when it falls on a weekend also the Monday after it.</summary>
    public static IEnumerable<DateOnly> WithMonday(DateOnly day) =>
        IsWeekend(day) ? [day, OnOrAfter(day, DayOfWeek.Monday)] : [day];

    /// <summary>
    /// Two days in a row (Christmas and Boxing Day, 1 and 2 January), each moved to the next free weekday when it falls on
    /// a weekend; the days themselves count too.
    /// </summary>
    public static IEnumerable<DateOnly> PairWithSubstitutes(DateOnly first)
    {
        var second = first.AddDays(1);
        return first.DayOfWeek switch
        {
            DayOfWeek.Friday => [first, second, first.AddDays(3)],
            DayOfWeek.Saturday => [first, second, first.AddDays(2), first.AddDays(3)],
            DayOfWeek.Sunday => [first, second, first.AddDays(2)],
            _ => [first, second],
        };
    }
}
