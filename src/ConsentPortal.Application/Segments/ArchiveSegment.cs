using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>Takes a segment out of the lists. Its versions stay, because past campaigns name them.</summary>
public sealed class ArchiveSegment(PortalDatabase database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, SegmentId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSegments);
        var now = clock.GetUtcNow();
        return database.WriteAsync<Result<Done>>(
            async db =>
            {
                var segment = await db.Segments.FindAsync([id], cancellationToken);
                if (segment is null || segment.ArchivedAt is not null)
                    return new SegmentNotFound();
                var users = await db.Campaigns.CountAsync(
                    c => (c.SegmentId == id || c.Exclusions.Any(e => e.SegmentId == id)) && c.Status != CampaignStatus.Finished && c.Status != CampaignStatus.Cancelled, cancellationToken);
                if (users > 0)
                    return new SegmentInUse(users);
                if (await SegmentAudience.NamingAsync(db, id, cancellationToken) is { Count: > 0 } naming)
                    return new NamedByRule(naming[0].Name);
                segment.ArchivedAt = now;
                db.Audit(actor, now, new AuditFact("segment.archived", "segment", id.ToString(),
                    Before: new Dictionary<string, object?> { ["name"] = segment.Name, ["archivedAt"] = null },
                    After: new Dictionary<string, object?> { ["name"] = segment.Name, ["archivedAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record SegmentInUse(int Campaigns)
    : Failure($"{(Campaigns == 1 ? "A campaign that is not over uses" : $"{Campaigns} campaigns that are not over use")} this segment. Nothing was changed; finish or cancel them first.");

public sealed record NamedByRule(string Segment)
    : Failure($"The rule of the segment \"{Segment}\" names this one. Nothing was changed; take it out of that rule first.");
