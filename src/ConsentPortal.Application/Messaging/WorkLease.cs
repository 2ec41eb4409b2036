using System.Data.Common;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Says that one long work still goes on, wherever it does: prolonged while it works, given back with its end. One that falls silent
/// has died, and the job that looks after its kind ends what it left.
/// </summary>
/// <param name="name">Of this piece of work and no other.</param>
internal sealed class WorkLease(Leases leases, TimeProvider clock, string name)
{
    /// <summary>Far longer than a transaction of such a work takes, and what it waits for others.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(1);

    private DateTimeOffset _prolongAt;

    /// <summary>Takes it or prolongs it; between two prolongations it costs nothing.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _prolongAt)
            return;
        await leases.TryHoldAsync(name, Lifetime, cancellationToken);
        _prolongAt = now + Rhythm;
    }

    public async Task ReleaseAsync()
    {
        try
        {
            await leases.ForgetAsync(name);
        }
        catch (DbException)
        {
            // It runs out by itself, and must not hide why the database was left.
        }
    }
}
