using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(6_000)]
    public void In_a_minute_no_more_leave_than_the_pace_and_one_second_of_it(int perMinute)
    {
        var (pace, sent) = (new Pace(perMinute, null), 0);
        for (var at = Noon; at < Noon.AddMinutes(1); at = at.AddMilliseconds(70))
        {
            var room = Math.Min(64, pace.RoomAt(at));
            sent += room;
            if (room > 0)
                pace = pace with { NextTextAt = pace.After(at, room) };
        }

        Assert.InRange(sent, perMinute * 95 / 100, perMinute + perMinute / 60 + 1);
    }

    [Fact]
    public void A_long_rest_is_followed_by_no_flood() => Assert.Equal(11, new Pace(600, Noon).RoomAt(Noon.AddHours(2)));

    [Fact]
    public void Before_the_next_moment_nothing_leaves() => Assert.Equal(0, new Pace(60, Noon).RoomAt(Noon.AddMilliseconds(-1)));
}
