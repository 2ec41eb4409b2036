using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>The points of line charts over time, and the axis beside them.</summary>
public sealed class ReportStepsTests
{
    [Theory]
    [InlineData("2026-11-24T00:00Z", "2026-11-25T00:00Z", 24, "Hour (UTC)", "24 Nov, 00:00", "24 Nov, 23:00")]
    [InlineData("2026-11-01T00:00Z", "2026-12-01T00:00Z", 30, "Day (UTC)", "1 Nov", "30 Nov")]
    [InlineData("2026-09-01T00:00Z", "2026-12-01T00:00Z", 14, "Week from Monday (UTC)", "31 Aug", "30 Nov")]
    [InlineData("2025-12-01T00:00Z", "2026-02-01T00:00Z", 9, "Week from Monday (UTC)", "1 Dec 2025", "26 Jan 2026")]
    [InlineData("2022-03-05T00:00Z", "2026-02-01T00:00Z", 47, "Month (UTC)", "Mar 2022", "Jan 2026")]
    public void A_longer_time_has_longer_steps(string from, string to, int count, string along, string first, string last)
    {
        var steps = ReportSteps.Between(At(from), At(to), "UTC");

        Assert.Equal((count, along, first, last), (steps.Count, steps.Along, steps.Names[0], steps.Names[^1]));
    }

    [Fact]
    public void A_day_begins_at_midnight_of_its_zone_also_when_the_clock_is_set_back()
    {
        var steps = ReportSteps.Between(At("2026-10-30T04:00Z"), At("2026-11-04T05:00Z"), "America/New_York");

        Assert.Equal(["30 Oct", "31 Oct", "1 Nov", "2 Nov", "3 Nov"], steps.Names);
        // The first of November has 25 hours there: it ends at five o'clock UTC.
        Assert.Equal([1, 2, 2, 3], new[] { "2026-11-01T03:59Z", "2026-11-01T04:00Z", "2026-11-02T04:59Z", "2026-11-02T05:00Z" }.Select(at => steps.Of(At(at))));
    }

    [Fact]
    public void Hours_begin_by_a_clock_that_is_half_an_hour_beside_the_others()
    {
        var steps = ReportSteps.Between(At("2026-11-24T18:30Z"), At("2026-11-24T21:30Z"), "Asia/Kolkata");

        Assert.Equal(["25 Nov, 00:00", "25 Nov, 01:00", "25 Nov, 02:00"], steps.Names);
        Assert.Equal([0, 1], new[] { "2026-11-24T19:29Z", "2026-11-24T19:30Z" }.Select(at => steps.Of(At(at))));
    }

    [Theory]
    [InlineData(0, true, 1, 1)]
    [InlineData(3, true, 3, 1)]
    [InlineData(7, true, 8, 2)]
    [InlineData(101, true, 150, 50)]
    [InlineData(0, false, 1, 0.25)]
    [InlineData(0.27, false, 0.3, 0.1)]
    [InlineData(6.3, false, 8, 2)]
    [InlineData(1_234.5, false, 1_500, 500)]
    public void An_axis_has_round_steps_and_covers_the_largest_value(double largest, bool isWhole, double top, double step)
    {
        var axis = ChartAxis.For(largest, isWhole);

        Assert.Equal((top, step), (axis.Top, axis.Steps[1]));
        Assert.InRange(axis.Steps.Count, 2, 6);
    }

    [Theory]
    [InlineData(1, 8, new[] { 0 })]
    [InlineData(5, 8, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(30, 8, new[] { 0, 5, 10, 15, 20, 29 })]
    public void The_first_and_the_last_point_are_named_and_no_two_names_stand_closer_than_there_is_room(int points, int room, int[] named) => Assert.Equal(named, ChartAxis.Named(points, room));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
