namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// Spaces the calls of all threads evenly, and slows to half for 10 seconds after the provider said "too fast".
/// Each caller takes the next free moment, so waiting callers are served in the order in which they came.
/// </summary>
internal sealed class RequestPace(TimeProvider time)
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private DateTimeOffset _nextFree = DateTimeOffset.MinValue;
    private DateTimeOffset _slowUntil = DateTimeOffset.MinValue;

    /// <param name="requestsPerSecond">0 returns at once, except while the provider asked us to hold.</param>
    public Task WaitAsync(int requestsPerSecond, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = _nextFree > now ? _nextFree : now;
            if (requestsPerSecond > 0)
                _nextFree = turn + TimeSpan.FromSeconds((turn < _slowUntil ? 2d : 1d) / requestsPerSecond);
            wait = turn - now;
        }

        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>Nobody starts before <paramref name="retryAfter"/> is over.</summary>
    public void Hold(TimeSpan retryAfter)
    {
        lock (_gate)
        {
            var until = time.GetUtcNow() + retryAfter;
            _nextFree = until > _nextFree ? until : _nextFree;
            _slowUntil = until + SlowTime;
        }
    }
}
