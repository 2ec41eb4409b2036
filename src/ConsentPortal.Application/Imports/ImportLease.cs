using System.Data.Common;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Says that an import still runs, wherever it does: prolonged while it works, given back with its end. One that falls silent
/// has died, and <see cref="EndOrphanedImports"/> ends it.
/// </summary>
internal sealed class ImportLease(Leases leases, TimeProvider clock, ImportBatchId id)
{
    /// <summary>Far longer than a transaction of an import takes, and what it waits for others.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(1);

    private DateTimeOffset _prolongAt;

    public static string NameOf(ImportBatchId id) => $"import/{id}";

    /// <summary>Takes it or prolongs it; between two prolongations it costs nothing.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _prolongAt)
            return;
        await leases.TryHoldAsync(NameOf(id), Lifetime, cancellationToken);
        _prolongAt = now + Rhythm;
    }

    public async Task ReleaseAsync()
    {
        try
        {
            await leases.ForgetAsync(NameOf(id));
        }
        catch (DbException)
        {
            // It runs out by itself, and must not hide why the database was left.
        }
    }
}
