namespace ConsentPortal.Domain.Campaigns;

public enum RepeatEvery
{
    Day = 1,
    Week = 2,
    Month = 3,
}

/// <summary>Days of the week as one number, Monday first. The numbers are stored.</summary>
[Flags]
public enum WeekDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
}

/// <summary>
/// When a campaign runs again. Its first start says at what time of the day, and on which day of the month; a month without
/// that day has it on its last.
/// </summary>
/// <param name="Days">For <see cref="RepeatEvery.Week"/>, at least one; otherwise none.</param>
/// <param name="Zone">IANA zone on whose clock it repeats, so that nine o'clock stays nine o'clock when the clocks change.</param>
/// <param name="Until">The last day in that zone on which it may run; null for no last day.</param>
/// <param name="Times">How many runs there are in all; null for no end.</param>
/// <param name="DriftPercent">By how much the audience may differ from the approved one, 1 to 100; above it a person has to look first.</param>
public sealed record Recurrence(RepeatEvery Every, WeekDays Days, string Zone, DateOnly? Until, int? Times, int DriftPercent)
{
    public const int UsualDrift = 25;
    public const int MostTimes = 1_000;

    // Every month has one of its days within this.
    private const int LongestGap = 62;

    public static WeekDays Of(DayOfWeek day) => day == DayOfWeek.Sunday ? WeekDays.Sunday : (WeekDays)(1 << ((int)day - 1));

    /// <summary>The first run after an instant; the first start itself is one, whatever day it falls on, unless the days leave it out.</summary>
    /// <param name="start">The first start (UTC).</param>
    /// <returns>UTC; null when the last day has passed.</returns>
    public DateTimeOffset? NextAfter(DateTimeOffset start, DateTimeOffset after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var first = TimeZoneInfo.ConvertTime(start, zone);
        var from = after > start ? TimeZoneInfo.ConvertTime(after, zone).Date : first.Date;
        for (var day = 0; day <= LongestGap; day++)
        {
            var date = from.AddDays(day);
            if (Until is { } last && DateOnly.FromDateTime(date) > last)
                return null;
            if (Falls(date, first) && Instant(date + first.TimeOfDay, zone) is var at && at >= start && at > after)
                return at;
        }

        return null;
    }

    /// <summary>Whether so many people are too many or too few, compared with how many were agreed to.</summary>
    /// <param name="percent">By how much they may differ.</param>
    public static bool IsDrift(int agreed, int now, int percent) => Math.Abs((long)now - agreed) * 100 > (long)agreed * percent;

    private bool Falls(DateTime date, DateTimeOffset first) => Every switch
    {
        RepeatEvery.Day => true,
        RepeatEvery.Week => Days.HasFlag(Of(date.DayOfWeek)),
        RepeatEvery.Month => date.Day == Math.Min(first.Day, DateTime.DaysInMonth(date.Year, date.Month)),
    };

    /// <summary>A time that the clock jumps over in spring is the hour after it; one that comes twice in autumn is its first coming.</summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();
    }
}
