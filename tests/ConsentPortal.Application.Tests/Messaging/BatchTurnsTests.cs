using System.Data.Common;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class BatchTurnsTests : IAsyncLifetime
{
    private const int PerSecond = 10;

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_texts_of_a_batch_have_their_turns_one_after_the_other()
    {
        using var turns = Turns("one", 3);

        Assert.Equal([0, 100, 200], await NextAsync(turns, 3));
    }

    [Fact]
    public async Task Whoever_comes_late_within_its_time_keeps_the_distance_and_does_not_make_up_for_it()
    {
        using var turns = Turns("one", 10);
        await NextAsync(turns, 1);

        _portal.Clock.Advance(TimeSpan.FromMilliseconds(750));

        Assert.Equal([750, 800, 900, 1000], await NextAsync(turns, 4));
    }

    [Fact]
    public async Task What_a_stalled_process_let_pass_is_leased_anew_behind_the_others()
    {
        using var ours = Turns("one", 5);
        using var theirs = Turns("two", 5);
        Assert.Equal([0], await NextAsync(ours, 1));
        Assert.Equal([500], await NextAsync(theirs, 1));

        _portal.Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([1000, 1100, 1200, 1300], await NextAsync(ours, 4));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_in_the_middle_of_a_batch_holds_nothing_up()
    {
        var clock = new SkippingClock(_portal.Clock) { Ahead = TimeSpan.FromHours(1) };
        using var turns = new BatchTurns(_portal.Database, "one", 3, PerSecond, clock);
        await NextAsync(turns, 1);

        clock.Ahead = TimeSpan.Zero;

        Assert.Equal([100, 200], await NextAsync(turns, 2));
    }

    [Fact]
    public async Task Who_would_wait_longer_than_it_may_is_told_how_long_at_once()
    {
        using var first = Turns("two", 20);
        using var turns = Turns("one", 3);
        await NextAsync(first, 1);

        Assert.Equal(TimeSpan.FromSeconds(2), await turns.WaitAsync(() => TimeSpan.FromSeconds(1), default));
        // Its turn is the next one's.
        Assert.Equal([2000], await NextAsync(turns, 1));
    }

    [Fact]
    public async Task A_batch_for_which_no_time_could_be_leased_asks_a_database_in_trouble_once()
    {
        using var turns = Turns("one", 3);
        await TablesAsync("ALTER TABLE Leases RENAME TO Elsewhere");

        await Assert.ThrowsAnyAsync<DbException>(() => NextAsync(turns, 1));

        Assert.Equal([0, 0], await NextAsync(turns, 2));
        Assert.False(turns.IsLeased);
    }

    private async Task TablesAsync(string sql)
    {
        await using var db = _portal.Database.Open();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private BatchTurns Turns(string owner, int texts) => new(_portal.Database, owner, texts, PerSecond, new SkippingClock(_portal.Clock));

    /// <returns>When each had its turn: milliseconds since noon.</returns>
    private async Task<List<double>> NextAsync(BatchTurns turns, int texts)
    {
        var at = new List<double>();
        for (var i = 0; i < texts; i++)
        {
            Assert.Equal(TimeSpan.Zero, await turns.WaitAsync(() => TimeSpan.FromMinutes(1), default));
            at.Add((_portal.Now - PeoplePortal.Noon).TotalMilliseconds);
        }

        return at;
    }

    /// <summary>Whoever waits is at once there: the clock moves on by what they wait for.</summary>
    private sealed class SkippingClock(FakeTimeProvider clock) : TimeProvider
    {
        /// <summary>What it says is that much later than it is.</summary>
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Ahead;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            clock.Advance(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
