using ConsentPortal.Application.Database;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The turns of one batch with the provider, one after the other, within time that is leased from the account's (<see cref="ProviderTime"/>).
/// What a stall of this process let pass is given up and leased anew: to make up for it would reach into the time of another process.
/// Time is what has passed, not what the clock says: a clock that is set back must not hold up a batch until it has caught up.
/// </summary>
/// <param name="owner">Of the leased time, for whoever looks into the table.</param>
/// <param name="texts">How many texts will ask for a turn, each once.</param>
/// <param name="requestsPerSecond">At least 1.</param>
internal sealed class BatchTurns(PortalDatabase database, string owner, int texts, int requestsPerSecond, TimeProvider clock) : IDisposable
{
    // Timers fire late by some milliseconds, which may be made up for.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly long _began = clock.GetTimestamp();
    private readonly TimeSpan _apart = TimeSpan.FromSeconds(1d / requestsPerSecond);
    private int _waiting = texts;
    private TimeSpan _next = TimeSpan.Zero;
    private TimeSpan? _end;

    /// <summary>False once no time could be leased: the rest of the batch does not wait for a database in trouble again, and its turns are not spaced here.</summary>
    public bool IsLeased { get; private set; } = true;

    private TimeSpan Passed => clock.GetElapsedTime(_began);

    /// <summary>Waits for the turn of one text.</summary>
    /// <param name="left">How long the text may wait.</param>
    /// <returns>Zero when the turn has come; otherwise how long it would take, at once, and the turn is not taken.</returns>
    /// <exception cref="System.Data.Common.DbException">No time could be leased; the first text of the batch is told so.</exception>
    public async Task<TimeSpan> WaitAsync(Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            while (IsLeased)
            {
                if (_end is not { } end || Passed > end + Slack)
                    await LeaseAsync();
                var ahead = _next - Passed;
                if (ahead <= TimeSpan.Zero)
                    return Take();
                if (ahead > left())
                    return ahead;
                await Task.Delay(ahead, clock, cancellationToken);
            }

            return TimeSpan.Zero;
        }
        finally
        {
            _waiting--;
            _line.Release();
        }
    }

    public void Dispose() => _line.Dispose();

    private TimeSpan Take()
    {
        var earliest = Passed - Slack;
        _next = (_next > earliest ? _next : earliest) + _apart;
        return TimeSpan.Zero;
    }

    /// <summary>Not cancelled: time that is leased and not known to be is lost to every process.</summary>
    private async Task LeaseAsync()
    {
        var (passed, now) = (Passed, clock.GetUtcNow());
        try
        {
            var begin = await ProviderTime.LeaseAsync(database, owner, _waiting, requestsPerSecond, now, CancellationToken.None);
            _next = passed + (begin - now);
            _end = _next + _apart * _waiting;
        }
        catch
        {
            IsLeased = false;
            throw;
        }
    }
}
