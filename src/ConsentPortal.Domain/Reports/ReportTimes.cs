namespace ConsentPortal.Domain.Reports;

public enum ReportRhythm
{
    Daily = 1,

    /// <summary>On Mondays.</summary>
    Weekly = 2,

    /// <summary>On the first day of the month.</summary>
    Monthly = 3,
}

/// <summary>When a report is made again and again, and of which days: those that ended before it.</summary>
/// <param name="Hour">0 to 23 on the clock of the zone.</param>
/// <param name="Zone">IANA name.</param>
public sealed record ReportTimes(ReportRhythm Rhythm, int Hour, string Zone)
{
    // Two turns of the longest rhythm: one of them is always to come.
    private const int DaysAhead = 63;

    private TimeZoneInfo Clock => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    public Result<Done> Check() =>
        Hour is < 0 or > 23 ? new ReportTimesRefused("A report is made at a full hour from 0 to 23. Nothing was saved.")
        : !Enum.IsDefined(Rhythm) ? new ReportTimesRefused("A report is made every day, week or month. Nothing was saved.")
        : !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) ? new ReportTimesRefused("This time zone is not known. Nothing was saved; give its IANA name, such as Europe/Berlin.")
        : Done.Value;

    /// <summary>The first run after an instant (UTC).</summary>
    public DateTimeOffset NextAfter(DateTimeOffset instant)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Clock).DateTime);
        return Enumerable.Range(0, DaysAhead).Select(today.AddDays).Where(IsDay).Select(RunOn).First(run => run > instant);
    }

    /// <summary>The days that a run reports on: the one, the seven or the month before it.</summary>
    public (DateOnly From, DateOnly To) DaysBefore(DateTimeOffset run)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(run, Clock).DateTime);
        return Rhythm switch
        {
            ReportRhythm.Daily => (day.AddDays(-1), day.AddDays(-1)),
            ReportRhythm.Weekly => (Monday(day).AddDays(-7), Monday(day).AddDays(-1)),
            ReportRhythm.Monthly => (day.AddDays(1 - day.Day).AddMonths(-1), day.AddDays(-day.Day)),
        };
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private bool IsDay(DateOnly day) => Rhythm switch
    {
        ReportRhythm.Daily => true,
        ReportRhythm.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        ReportRhythm.Monthly => day.Day == 1,
    };

    private DateTimeOffset RunOn(DateOnly day)
    {
        var local = day.ToDateTime(new TimeOnly(Hour, 0));
        // An hour that the clock leaps over is the next one; of an hour that comes twice, the first.
        if (Clock.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = Clock.IsAmbiguousTime(local) ? Clock.GetAmbiguousTimeOffsets(local).Max() : Clock.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

public sealed record ReportTimesRefused(string Message) : Failure(Message);
