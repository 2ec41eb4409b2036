using System.Globalization;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>
/// The time of a report in steps, the points of its line charts: hours up to two days, days up to five weeks, weeks from Monday up to two
/// years, months beyond. They begin by the clock by which the report's days begin; the first and the last may be cut off by its ends.
/// </summary>
internal sealed class ReportSteps
{
    private const int MostHours = 48;
    private const int MostDays = 35;
    private const int MostWeeks = 105;

    private readonly DateTimeOffset[] _begins;

    private ReportSteps(string along, DateTimeOffset[] begins, IReadOnlyList<string> names) => (Along, _begins, Names) = (along, begins, names);

    /// <summary>"Week from Monday (America/New York)".</summary>
    public string Along { get; }

    public IReadOnlyList<string> Names { get; }

    public int Count => _begins.Length;

    public static ReportSteps Of(ReportQuestion question) => Between(question.From, question.To, question.Filter.Zone);

    /// <param name="from">The first instant.</param>
    /// <param name="to">The first one after it all.</param>
    /// <param name="zone">IANA name.</param>
    public static ReportSteps Between(DateTimeOffset from, DateTimeOffset to, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var last = to > from ? to.AddTicks(-1) : from;
        if (last - from < TimeSpan.FromHours(MostHours))
            return Hours(from, last, clock, zone);
        var (first, end) = (Day(from, clock), Day(last, clock));
        var days = end.DayNumber - first.DayNumber + 1;
        var (along, begins, format) = days <= MostDays ? ("Day", Each(first, end, day => day.AddDays(1)), "d MMM")
            : days <= MostWeeks * 7 ? ("Week from Monday", Each(first.AddDays(-(((int)first.DayOfWeek + 6) % 7)), end, day => day.AddDays(7)), "d MMM")
            : ("Month", Each(new DateOnly(first.Year, first.Month, 1), end, day => day.AddMonths(1)), "MMM");
        // A day of one year is known by its month; over two a chart would say the same twice.
        var isLong = first.Year != end.Year || format == "MMM";
        return new ReportSteps(
            Caption(along, zone), [.. begins.Select(day => ReportFilter.Begin(day, clock))], [.. begins.Select(day => day.ToString(isLong ? format + " yyyy" : format, CultureInfo.InvariantCulture))]);
    }

    /// <summary>In which step something happened; what lies outside belongs to the first or the last.</summary>
    public int Of(DateTimeOffset at)
    {
        var found = Array.BinarySearch(_begins, at);
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    public long[] Counts() => new long[Count];

    private static ReportSteps Hours(DateTimeOffset from, DateTimeOffset last, TimeZoneInfo clock, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(from, clock);
        var begin = from.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)).ToUniversalTime();
        DateTimeOffset[] begins = [.. Enumerable.Range(0, (int)((last - begin).Ticks / TimeSpan.TicksPerHour) + 1).Select(hour => begin.AddHours(hour))];
        return new ReportSteps(Caption("Hour", zone), begins, [.. begins.Select(at => TimeZoneInfo.ConvertTime(at, clock).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture))]);
    }

    private static List<DateOnly> Each(DateOnly first, DateOnly last, Func<DateOnly, DateOnly> next)
    {
        var days = new List<DateOnly>();
        for (var day = first; day <= last; day = next(day))
            days.Add(day);
        return days;
    }

    private static DateOnly Day(DateTimeOffset at, TimeZoneInfo clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock).DateTime);

    private static string Caption(string step, string zone) => $"{step} ({zone.Replace('_', ' ')})";
}
