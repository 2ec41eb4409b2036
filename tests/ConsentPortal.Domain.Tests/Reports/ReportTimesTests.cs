using ConsentPortal.Domain.Reports;

namespace ConsentPortal.Domain.Tests.Reports;

public sealed class ReportTimesTests
{
    private const string NewYork = "America/New_York";

    private static DateTimeOffset Utc(int month, int day, int hour, int year = 2026) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ReportRhythm.Daily, 25, 11)]
    [InlineData(ReportRhythm.Weekly, 30, 11)]
    public void The_next_turn_is_at_the_hour_of_the_zone(ReportRhythm rhythm, int day, int hour) =>
        Assert.Equal(Utc(11, day, hour), new ReportTimes(rhythm, 6, NewYork).NextAfter(Utc(11, 24, 17)));

    [Fact]
    public void A_turn_that_is_now_is_not_the_next_one() =>
        Assert.Equal(Utc(11, 26, 11), new ReportTimes(ReportRhythm.Daily, 6, NewYork).NextAfter(Utc(11, 25, 11)));

    [Fact]
    public void A_month_turns_on_its_first_day() => Assert.Equal(Utc(12, 1, 6), new ReportTimes(ReportRhythm.Monthly, 6, "UTC").NextAfter(Utc(11, 1, 6)));

    [Fact]
    public void An_hour_that_the_clock_leaps_over_is_the_next_one() =>
        Assert.Equal(Utc(3, 8, 7), new ReportTimes(ReportRhythm.Daily, 2, NewYork).NextAfter(Utc(3, 8, 0)));

    [Fact]
    public void Of_an_hour_that_comes_twice_the_first_counts_and_no_second_turn_follows()
    {
        var times = new ReportTimes(ReportRhythm.Daily, 1, NewYork);
        var first = times.NextAfter(Utc(11, 1, 0));
        Assert.Equal(Utc(11, 1, 5), first);
        Assert.Equal(Utc(11, 2, 6), times.NextAfter(first));
    }

    [Fact]
    public void A_turn_tells_of_the_days_that_ended_before_it()
    {
        Assert.Equal((new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 24)), new ReportTimes(ReportRhythm.Daily, 6, NewYork).DaysBefore(Utc(11, 25, 11)));
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 29)), new ReportTimes(ReportRhythm.Weekly, 6, NewYork).DaysBefore(Utc(11, 30, 11)));
        Assert.Equal((new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28)), new ReportTimes(ReportRhythm.Monthly, 0, "UTC").DaysBefore(Utc(3, 1, 0)));
    }

    [Fact]
    public void Hours_and_zones_that_do_not_exist_are_refused()
    {
        Assert.IsType<ReportTimesRefused>(new ReportTimes(ReportRhythm.Daily, 24, "UTC").Check().Failure);
        Assert.IsType<ReportTimesRefused>(new ReportTimes(ReportRhythm.Daily, 0, "Mars/Olympus").Check().Failure);
        Assert.IsType<ReportTimesRefused>(new ReportTimes((ReportRhythm)9, 0, "UTC").Check().Failure);
        Assert.True(new ReportTimes(ReportRhythm.Daily, 23, NewYork).Check().IsSuccess);
    }
}
