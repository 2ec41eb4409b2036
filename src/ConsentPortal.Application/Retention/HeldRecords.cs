using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention;

/// <summary>Whose records no job and no erasure may delete at this moment.</summary>
/// <param name="People">With the records that were merged with theirs: they are the same person.</param>
/// <param name="Purposes">Everybody with a consent record of one is held.</param>
internal sealed record HeldRecords(IReadOnlyList<SubscriberId> People, IReadOnlyList<PurposeId> Purposes)
{
    public static async Task<HeldRecords> AtAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holds = await InForce(db, now).Select(h => new { h.SubscriberId, h.PurposeId }).ToListAsync(cancellationToken);
        var named = holds.Select(h => h.SubscriberId).OfType<SubscriberId>().Distinct().ToList();
        var main = await db.Subscribers.AsNoTracking().Where(s => named.Contains(s.Id) && s.MergedIntoId != null).Select(s => s.MergedIntoId!.Value).ToListAsync(cancellationToken);
        var kept = named.Union(main).ToList();
        var closed = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId != null && kept.Contains(s.MergedIntoId.Value)).Select(s => s.Id).ToListAsync(cancellationToken);
        return new HeldRecords([.. kept.Union(closed)], [.. holds.Select(h => h.PurposeId).OfType<PurposeId>().Distinct()]);
    }

    public static IQueryable<LegalHold> InForce(PortalDbContext db, DateTimeOffset now) =>
        db.LegalHolds.AsNoTracking().Where(h => h.LiftedAt == null && (h.Until == null || h.Until > now));

    /// <summary>Whether one person is held, by name or through a purpose.</summary>
    public Task<bool> HoldAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        People.Contains(id) ? Task.FromResult(true) : db.ConsentRecords.AnyAsync(r => r.SubscriberId == id && Purposes.Contains(r.PurposeId), cancellationToken);
}
