using System.Collections.Concurrent;

namespace ConsentPortal.Domain.Policy.Holidays;

/// <summary>
/// The public holidays of one place, worked out by rule for every year, so that none is ever missing because a table
/// ended. Actual and substitute days both count.
/// </summary>
internal sealed class HolidayCalendar
{
    private const int WordsPerYear = 6;
    private readonly Func<int, IEnumerable<DateOnly>> _daysOf;
    private readonly ConcurrentDictionary<int, ulong[]> _years = new();

    /// <param name="daysOf">All holidays that belong to a year; a substitute day may fall into the year before or after.</param>
    public HolidayCalendar(string name, Func<int, IEnumerable<DateOnly>> daysOf) => (Name, _daysOf) = (name, daysOf);

    public string Name { get; }

    public bool Contains(DateOnly day)
    {
        var bit = day.DayOfYear - 1;
        return (Year(day.Year)[bit / 64] & (1UL << (bit % 64))) != 0;
    }

    /// <summary>In order, for lists and tests.</summary>
    public IEnumerable<DateOnly> Days(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            if (Contains(day))
                yield return day;
        }
    }

    public static HolidayCalendar Union(string name, params HolidayCalendar[] calendars) =>
        new(name, year => calendars.SelectMany(c => c._daysOf(year)));

    private ulong[] Year(int year) => _years.GetOrAdd(year, static (year, calendar) => calendar.Build(year), this);

    private ulong[] Build(int year)
    {
        var bits = new ulong[WordsPerYear];
        for (var of = Math.Max(2, year - 1); of <= Math.Min(9997, year + 1); of++)
        {
            foreach (var day in calendarDays(of))
                bits[(day.DayOfYear - 1) / 64] |= 1UL << ((day.DayOfYear - 1) % 64);
        }

        return bits;

        IEnumerable<DateOnly> calendarDays(int of) => _daysOf(of).Where(d => d.Year == year);
    }
}
