using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Domain.Tests.Messaging;

public sealed class SendingLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_number_everything_may_leave()
    {
        var limit = Of(null, null);

        limit.Take(Noon, 500);

        Assert.Null(limit.ClosedUntil(Noon, 6));
    }

    [Fact]
    public void Parts_of_a_minute_leave_evenly()
    {
        var limit = Of(perMinute: 60, null);
        limit.Take(Noon, 1);

        Assert.Equal(Noon.AddSeconds(1), limit.ClosedUntil(Noon, 1));
        Assert.Null(limit.ClosedUntil(Noon.AddSeconds(1), 1));
    }

    [Fact]
    public void A_text_of_three_parts_takes_the_time_of_three()
    {
        var limit = Of(perMinute: 60, null);

        limit.Take(Noon, 3);

        Assert.Equal(Noon.AddSeconds(3), limit.ClosedUntil(Noon, 1));
    }

    [Fact]
    public void A_pause_is_followed_by_no_flood()
    {
        var limit = Of(perMinute: 60, null);
        limit.Take(Noon, 1);

        Assert.InRange(limit.RoomAt(Noon.AddHours(1)), 1, 2);
    }

    [Fact]
    public void A_clock_that_was_set_back_holds_nothing_up()
    {
        var limit = Of(perMinute: 60, null);
        limit.Take(Noon.AddHours(3), 1);

        Assert.Null(limit.ClosedUntil(Noon, 1));
        limit.Take(Noon, 1);
        Assert.Equal(Noon.AddSeconds(1), limit.ClosedUntil(Noon, 1));
    }

    [Fact]
    public void A_full_day_ends_at_midnight_of_its_zone()
    {
        var limit = Of(null, perDay: 20);
        limit.Take(Noon, 19);

        Assert.Null(limit.ClosedUntil(Noon, 1));
        // Midnight in Los Angeles is 08:00 UTC in winter.
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), limit.ClosedUntil(Noon, 2));
    }

    [Fact]
    public void The_next_day_counts_from_nothing()
    {
        var limit = Of(null, perDay: 20);
        limit.Take(Noon, 20);

        Assert.Equal((20, 0), (limit.UsedAt(Noon), limit.UsedAt(Noon.AddDays(1))));
        limit.Take(Noon.AddDays(1), 2);
        Assert.Equal(2, limit.UsedAt(Noon.AddDays(1)));
    }

    [Fact]
    public void The_day_on_which_clocks_go_forward_has_23_hours()
    {
        var limit = Of(null, perDay: 20);
        var sunday = new DateTimeOffset(2026, 3, 8, 9, 0, 0, TimeSpan.Zero);
        limit.Take(sunday, 20);

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 7, 0, 0, TimeSpan.Zero), limit.ClosedUntil(sunday, 1));
    }

    [Fact]
    public void What_a_carrier_refused_waits_for_its_next_day()
    {
        var limit = Of(perMinute: 60, null);

        limit.HoldForTheDay(Noon);

        Assert.Equal(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), limit.ClosedUntil(Noon, 1));
        Assert.Null(limit.ClosedUntil(Noon.AddDays(1), 1));
    }

    [Theory]
    [InlineData("310260", "US", true)]
    [InlineData("310410", "US", false)]
    [InlineData(null, "US", true)]
    [InlineData(null, "CA", false)]
    [InlineData(null, null, false)]
    public void A_number_whose_carrier_is_not_known_counts_for_each_of_its_country(string? network, string? country, bool counts)
    {
        var limit = Of(null, 20);
        (limit.Carrier, limit.Country, limit.Networks) = ("T", "US", "310160 310260");

        Assert.Equal(counts, limit.Covers(network, country));
    }

    private static SendingLimit Of(int? perMinute, int? perDay) => new()
    {
        Id = Guid.NewGuid(), Sender = "+12125550100", Zone = "America/Los_Angeles", PartsPerMinute = perMinute, PartsPerDay = perDay,
    };
}
