namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>A bucket that holds one second's worth of requests and fills evenly.</summary>
internal sealed class RequestBudget(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left = double.MaxValue;
    private long _filledAt = clock.GetTimestamp();

    /// <param name="perSecond">0 for no limit.</param>
    /// <returns>False if this request is one too many.</returns>
    public bool TryTake(int perSecond)
    {
        if (perSecond <= 0)
            return true;
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(perSecond, _left + clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond);
            _filledAt = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }
}
