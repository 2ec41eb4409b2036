using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Campaigns">That were ever aimed at it, in whatever version.</param>
/// <param name="ChangedAt">When its current version was saved.</param>
public sealed record SegmentRow(SegmentId Id, string Name, string Sentence, int Version, DateTimeOffset ChangedAt, int Campaigns, bool IsArchived);

public sealed record SegmentName(SegmentId Id, string Name, int Version, string Sentence);

/// <summary>All segments by name; the archived ones on request.</summary>
public sealed class SegmentList(PortalDatabase database)
{
    public async Task<IReadOnlyList<SegmentRow>> AllAsync(Actor actor, bool withArchived, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        return await (
            from segment in db.Segments.AsNoTracking()
            where withArchived || segment.ArchivedAt == null
            join version in db.SegmentVersions on new { segment.Id, Version = segment.CurrentVersion } equals new { Id = version.SegmentId, version.Version }
            orderby segment.Name
            select new SegmentRow(
                segment.Id, segment.Name, version.Sentence, version.Version, version.At,
                db.Campaigns.Count(c => c.SegmentId == segment.Id), segment.ArchivedAt != null))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Those that a campaign can be aimed at.</summary>
    public async Task<IReadOnlyList<SegmentName>> NamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        return [.. (await AllAsync(actor, withArchived: false, cancellationToken)).Select(s => new SegmentName(s.Id, s.Name, s.Version, s.Sentence))];
    }
}
