using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Finds whoever has a number, for callers that add somebody where nobody has it: two of them at once add one person.</summary>
/// <remarks>
/// Numbers are not unique in the table, because a couple may share a telephone on purpose. SQLite lets one transaction write at
/// a time, so that the second sees what the first has added. On SQL Server both could look, find nobody and add: there the
/// first writes a row under the number's name, whose lock it keeps until it commits, and the second waits at the same row and
/// looks again. The row is gone by the commit: it would outlive an erasure.
/// </remarks>
internal static class OnePerNumber
{
    /// <param name="db">In a transaction that also adds the person.</param>
    /// <returns>The newest of those who have it; null where the caller, and nobody else until it commits, may add somebody.</returns>
    public static async Task<Subscriber?> FindAsync(PortalDbContext db, byte[] phoneHash, CancellationToken cancellationToken)
    {
        if (await NewestAsync(db, phoneHash, cancellationToken) is { } known)
            return known;
        await HoldAsync(db, [phoneHash], cancellationToken);
        return await NewestAsync(db, phoneHash, cancellationToken);
    }

    // Whoever had the number before it was given to somebody else does not have it: what its new owner says and agrees to must not stand in their record.
    private static Task<Subscriber?> NewestAsync(PortalDbContext db, byte[] phoneHash, CancellationToken cancellationToken) =>
        db.Subscribers.Where(s => s.PhoneHash == phoneHash && s.ErasedAt == null && s.MergedIntoId == null && s.NumberState != NumberState.Reassigned).OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Has nobody else add somebody with one of these numbers until the transaction ends; whether somebody has, is to be asked afterwards.</summary>
    public static async Task HoldAsync(PortalDbContext db, IEnumerable<byte[]> phoneHashes, CancellationToken cancellationToken)
    {
        // In one order for all, so that two lists with the same people wait for each other in turn.
        var held = phoneHashes.Select(Convert.ToHexStringLower).Order(StringComparer.Ordinal)
            .Select(hash => new Lease { Name = $"number/{hash}", Owner = "", Fence = 0, Until = DateTimeOffset.UnixEpoch }).ToList();
        db.Leases.AddRange(held);
        await db.SaveChangesAsync(cancellationToken);
        db.Leases.RemoveRange(held);
        await db.SaveChangesAsync(cancellationToken);
    }
}
