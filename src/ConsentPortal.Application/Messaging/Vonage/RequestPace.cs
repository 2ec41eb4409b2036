namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// Spaces the calls of all threads evenly, and slows to half for 10 seconds after the provider said "too fast".
/// Each caller takes the next free moment, so waiting callers are served in the order in which they came. Time is what has
/// passed, not what the clock says: a clock that is set back must not hold up every text until it has caught up.
/// </summary>
internal sealed class RequestPace(TimeProvider time)
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _nextFree = TimeSpan.Zero;
    private TimeSpan _slowUntil = TimeSpan.Zero;

    /// <param name="requestsPerSecond">0 returns at once, except while the provider asked us to hold.</param>
    /// <param name="atMost">Who would have to wait longer takes no moment.</param>
    /// <returns>Zero when the caller's moment has come; otherwise how long it would have to wait, at once.</returns>
    public async Task<TimeSpan> WaitAsync(int requestsPerSecond, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var wait = Take(requestsPerSecond, atMost);
        if (wait > TimeSpan.Zero && wait > atMost)
            return wait;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return TimeSpan.Zero;
    }

    /// <summary>Nobody starts before <paramref name="retryAfter"/> is over.</summary>
    public void Hold(TimeSpan retryAfter)
    {
        lock (_gate)
        {
            var until = time.GetElapsedTime(_began) + retryAfter;
            _nextFree = until > _nextFree ? until : _nextFree;
            _slowUntil = until + SlowTime;
        }
    }

    private TimeSpan Take(int requestsPerSecond, TimeSpan atMost)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_began);
            var turn = _nextFree > now ? _nextFree : now;
            if (turn - now <= atMost && requestsPerSecond > 0)
                _nextFree = turn + TimeSpan.FromSeconds((turn < _slowUntil ? 2d : 1d) / requestsPerSecond);
            return turn - now;
        }
    }
}
