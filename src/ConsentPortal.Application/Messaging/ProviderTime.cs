using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The provider takes so many requests a second from the whole account, whichever process they come from. Each batch leases the next free stretch of its time,
/// and hands its texts over within it, one after the other: what one process has, no other one uses (ADR 21).
/// </summary>
internal static class ProviderTime
{
    private const string Name = "provider-time";

    // Further ahead than batches and pauses reach lies only what a clock wrote that has been set back since; it must not hold up every text until the other clock has caught up.
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromMinutes(2);

    /// <param name="owner">Of the stretch, for whoever looks into the table.</param>
    /// <param name="requestsPerSecond">At least 1.</param>
    /// <returns>When the stretch for so many texts begins (UTC): now, or as soon as what others have is over.</returns>
    public static Task<DateTimeOffset> LeaseAsync(PortalDatabase database, string owner, int texts, int requestsPerSecond, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsJobAsync(
            async db =>
            {
                var lease = await FindAsync(db, owner, now, cancellationToken);
                var begin = lease.Until > now && lease.Until < now + FurthestAhead ? lease.Until : now;
                (lease.Owner, lease.Fence, lease.Until) = (owner, lease.Fence + 1, begin + TimeSpan.FromSeconds((double)texts / requestsPerSecond));
                return begin;
            },
            cancellationToken);

    /// <summary>The provider said "too fast": no process begins a stretch before.</summary>
    public static Task HoldAsync(PortalDatabase database, string owner, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsJobAsync(
            async db =>
            {
                var lease = await FindAsync(db, owner, now, cancellationToken);
                if (lease.Until < until)
                    lease.Until = until;
            },
            cancellationToken);

    private static async Task<Lease> FindAsync(PortalDbContext db, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Takes the row, so that of two processes the second sees what the first has leased.
        await db.Leases.Where(l => l.Name == Name).ExecuteUpdateAsync(l => l.SetProperty(x => x.Fence, x => x.Fence), cancellationToken);
        if (await db.Leases.FindAsync([Name], cancellationToken) is { } found)
            return found;
        var added = new Lease { Name = Name, Owner = owner, Fence = 0, Until = now };
        db.Leases.Add(added);
        return added;
    }
}
