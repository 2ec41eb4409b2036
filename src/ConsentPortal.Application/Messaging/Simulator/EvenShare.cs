namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>Spreads a share evenly and without chance, so that a run can be repeated: 0.25 strikes the 4th, 8th, 12th time.</summary>
internal sealed class EvenShare
{
    private long _asked;

    public bool Strikes(double share)
    {
        if (share <= 0)
            return false;
        var asked = Interlocked.Increment(ref _asked);
        return Math.Floor(asked * share) > Math.Floor((asked - 1) * share);
    }
}
