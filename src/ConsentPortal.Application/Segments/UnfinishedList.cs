using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>A list some of whose people are still to be written: it has no version yet and counts as archived, so that nobody sees it and no rule can name it.</summary>
internal static class UnfinishedList
{
    /// <summary>The lease of whoever writes it.</summary>
    public static string LeaseOf(SegmentId id) => $"list/{id}";

    /// <summary>Takes the list away with whoever is on it already, some thousand at a time; without effect where it is finished or gone.</summary>
    /// <param name="why">A sentence for the audit trail.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> TakeAwayAsync(PortalDatabase database, Actor actor, SegmentId id, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var removed = 0;
        int some;
        do
        {
            some = await database.WriteAsJobAsync(db => RemoveSomeAsync(db, id, cancellationToken), cancellationToken);
            removed += some;
        }
        while (some > 0);
        return await database.WriteAsJobAsync(
            async db =>
            {
                if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.CurrentVersion == 0, cancellationToken) is not { } list)
                    return false;
                db.Segments.Remove(list);
                db.Audit(actor, now, new AuditFact("segment.freezeStopped", "segment", id.ToString(), Reason: why, Before: new Dictionary<string, object?> { ["name"] = list.Name, ["people"] = removed }));
                return true;
            },
            cancellationToken);
    }

    private static async Task<int> RemoveSomeAsync(PortalDbContext db, SegmentId id, CancellationToken cancellationToken)
    {
        if (!await db.Segments.AnyAsync(s => s.Id == id && s.CurrentVersion == 0, cancellationToken))
            return 0;
        var members = db.SegmentMembers.Where(m => m.SegmentId == id);
        var last = await members.OrderBy(m => m.SubscriberId).Select(m => m.SubscriberId).Take(FreezeSegment.Lot).LastOrDefaultAsync(cancellationToken);
        return await members.Where(m => m.SubscriberId <= last).ExecuteDeleteAsync(cancellationToken);
    }
}
