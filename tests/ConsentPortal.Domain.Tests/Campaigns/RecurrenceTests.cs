using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class RecurrenceTests
{
    private const string Berlin = "Europe/Berlin";

    [Fact]
    public void Nine_o_clock_stays_nine_o_clock_when_the_clocks_change()
    {
        var daily = Every(RepeatEvery.Day);
        // Saturday, 24 October 2026, 09:00 in Berlin; the clock goes back in the night.
        var start = At(2026, 10, 24, 7);

        Assert.Equal(At(2026, 10, 25, 8), daily.NextAfter(start, start));
    }

    [Fact]
    public void The_first_start_is_the_first_run() => Assert.Equal(At(2026, 11, 24, 8), Every(RepeatEvery.Day).NextAfter(At(2026, 11, 24, 8), At(2026, 11, 1, 0)));

    [Fact]
    public void Every_week_falls_on_its_days_only()
    {
        var weekly = Every(RepeatEvery.Week) with { Days = WeekDays.Monday | WeekDays.Thursday };
        // A Tuesday.
        var start = At(2026, 11, 24, 8);

        var first = weekly.NextAfter(start, start.AddTicks(-1));
        Assert.Equal(At(2026, 11, 26, 8), first);
        Assert.Equal(At(2026, 11, 30, 8), weekly.NextAfter(start, first!.Value));
    }

    [Fact]
    public void Every_month_on_the_31st_is_its_last_day_where_there_is_none()
    {
        var monthly = Every(RepeatEvery.Month);
        var start = At(2027, 1, 31, 8);

        Assert.Equal(At(2027, 2, 28, 8), monthly.NextAfter(start, start));
        Assert.Equal(At(2027, 3, 31, 7), monthly.NextAfter(start, At(2027, 2, 28, 8)));
    }

    [Fact]
    public void After_its_last_day_there_is_no_run()
    {
        var daily = Every(RepeatEvery.Day) with { Until = new DateOnly(2026, 11, 25) };
        var start = At(2026, 11, 24, 8);

        Assert.Equal(At(2026, 11, 25, 8), daily.NextAfter(start, start));
        Assert.Null(daily.NextAfter(start, At(2026, 11, 25, 8)));
    }

    [Fact]
    public void A_time_that_the_clock_jumps_over_is_the_hour_after_it()
    {
        // 02:30 in Berlin, which 28 March 2027 does not have.
        var start = At(2027, 3, 27, 1).AddMinutes(30);

        Assert.Equal(At(2027, 3, 28, 1).AddMinutes(30), Every(RepeatEvery.Day).NextAfter(start, start));
    }

    [Fact]
    public void Of_a_time_that_comes_twice_the_first_coming_counts()
    {
        // 02:30 in Berlin, which 25 October 2026 has before and after the clock goes back.
        var start = At(2026, 10, 24, 0).AddMinutes(30);

        Assert.Equal(At(2026, 10, 25, 0).AddMinutes(30), Every(RepeatEvery.Day).NextAfter(start, start));
    }

    [Theory]
    [InlineData(100, 125, false)]
    [InlineData(100, 126, true)]
    [InlineData(100, 75, false)]
    [InlineData(100, 74, true)]
    public void An_audience_drifts_when_it_differs_by_more_than_the_limit(int agreed, int now, bool isDrift) => Assert.Equal(isDrift, Recurrence.IsDrift(agreed, now, 25));

    private static Recurrence Every(RepeatEvery every) => new(every, WeekDays.None, Berlin, null, null, Recurrence.UsualDrift);

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
