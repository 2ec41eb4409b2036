using System.Globalization;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>A stretch of one local day: half-open, the end is already outside (C-03).</summary>
internal readonly record struct DaySpan(TimeSpan Start, TimeSpan End)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:hh\\:mm}–{End:hh\\:mm}");
}

/// <summary>When texts may arrive, by local weekday. A day without spans is barred.</summary>
internal sealed class WeekHours
{
    private readonly DaySpan[][] _days;

    private WeekHours(DaySpan[] weekdays, DaySpan[] saturday, DaySpan[] sunday)
    {
        _days = [sunday, weekdays, weekdays, weekdays, weekdays, weekdays, saturday];
        Text = $"Mon–Fri {Show(weekdays)}, Sat {Show(saturday)}, Sun {Show(sunday)}";
    }

    /// <summary>For staff: "Mon–Fri 08:00–20:00, Sat 08:00–20:00, Sun none".</summary>
    public string Text { get; }

    /// <summary>The whole day, every day.</summary>
    public static WeekHours Always { get; } = Of("00-24", "00-24", "00-24");

    public DaySpan[] On(DayOfWeek day) => _days[(int)day];

    /// <param name="weekdays">"08-20", "09:00-21:30", "10-13 14-20", or null for a barred day.</param>
    public static WeekHours Of(string? weekdays, string? saturday, string? sunday) => new(Spans(weekdays), Spans(saturday), Spans(sunday));

    public static WeekHours EveryDay(string hours) => Of(hours, hours, hours);

    public static WeekHours OfSpan(DaySpan day, bool noSundays) => new([day], [day], noSundays ? [] : [day]);

    private static DaySpan[] Spans(string? text) =>
        text is null ? [] : text.Split(' ').Select(span => span.Split('-')).Select(span => new DaySpan(Time(span[0]), Time(span[1]))).ToArray();

    private static TimeSpan Time(string text)
    {
        var parts = text.Split(':');
        return new TimeSpan(int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0, 0);
    }

    private static string Show(DaySpan[] spans) => spans.Length == 0 ? "none" : string.Join(" and ", spans);
}
