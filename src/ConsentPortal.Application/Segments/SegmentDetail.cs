using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

public sealed record SegmentPast(int Version, string Sentence, DateTimeOffset At, string Author);

public sealed record SegmentUse(CampaignId Id, string Name, CampaignStatus Status, int Version);

/// <param name="History">Newest first.</param>
public sealed record SegmentView(
    SegmentId Id, string Name, int Version, SegmentRule Rule, string Sentence, bool IsArchived, IReadOnlyList<SegmentPast> History, IReadOnlyList<SegmentUse> UsedBy);

public sealed record AttributeChoice(int Id, string Name, AttributeType Type);

/// <summary>What the editor offers to choose from.</summary>
public sealed record SegmentChoices(
    IReadOnlyList<(PurposeId Id, string Name)> Purposes, IReadOnlyList<AttributeChoice> Attributes, IReadOnlyList<string> Sources,
    IReadOnlyList<string> Regions, IReadOnlyList<string> Languages)
{
    public RuleNames Names => new(Purposes.ToDictionary(p => p.Id, p => p.Name), Attributes.ToDictionary(a => a.Id, a => a.Name));
}

/// <summary>One segment with its versions and the campaigns that use it.</summary>
public sealed class SegmentDetail(PortalDatabase database)
{
    public async Task<Result<SegmentView>> GetAsync(Actor actor, SegmentId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        var segment = await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (segment is null)
            return new SegmentNotFound();
        var versions = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, versions.Select(v => (ActorKind.Staff, v.AuthorId.ToString())), cancellationToken);
        var uses = await db.Campaigns.AsNoTracking().Where(c => c.SegmentId == id).OrderByDescending(c => c.CreatedAt).Take(50)
            .Select(c => new SegmentUse(c.Id, c.Name, c.Status, c.SegmentVersion)).ToListAsync(cancellationToken);
        return new SegmentView(
            id, segment.Name, segment.CurrentVersion, SegmentRuleJson.Read(versions[0].RuleJson).Value, versions[0].Sentence, segment.ArchivedAt is not null,
            [.. versions.Select(v => new SegmentPast(v.Version, v.Sentence, v.At, names.Of(ActorKind.Staff, v.AuthorId.ToString())))], uses);
    }

    public async Task<SegmentChoices> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).ToListAsync(cancellationToken);
        var people = db.Subscribers.AsNoTracking().Where(s => s.ErasedAt == null && s.MergedIntoId == null);
        return new SegmentChoices(
            [.. purposes.Select(p => (p.Id, p.Name))],
            await db.AttributeDefinitions.AsNoTracking().OrderBy(a => a.Name).Select(a => new AttributeChoice(a.Id, a.Name, a.Type)).ToListAsync(cancellationToken),
            await people.Select(s => s.Source).Distinct().OrderBy(s => s).ToListAsync(cancellationToken),
            await people.Where(s => s.Region != null).Select(s => s.Region!).Distinct().OrderBy(s => s).ToListAsync(cancellationToken),
            await people.Where(s => s.Language != null).Select(s => s.Language!).Distinct().OrderBy(s => s).ToListAsync(cancellationToken));
    }
}
