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

/// <param name="IsLeftOut">The campaign leaves its people out, rather than texting them.</param>
public sealed record SegmentUse(CampaignId Id, string Name, CampaignStatus Status, int Version, bool IsLeftOut = false);

/// <summary>The newest campaign that was planned for the whole segment: one that asks silent people to come back takes only those of it.</summary>
/// <param name="People">Whom it was planned for, texted or not.</param>
public sealed record SegmentLastUse(CampaignId Id, string Name, int Version, DateTimeOffset At, int People);

/// <param name="History">Newest first.</param>
public sealed record SegmentView(
    SegmentId Id, string Name, int Version, SegmentRule Rule, string Sentence, bool IsArchived, IReadOnlyList<SegmentPast> History, IReadOnlyList<SegmentUse> UsedBy)
{
    /// <summary>Segments in use whose rules name this one, as a list or as a segment.</summary>
    public IReadOnlyList<SegmentName> NamedBy { get; init; } = [];

    public SegmentLastUse? LastUse { get; init; }
}

public sealed record AttributeChoice(int Id, string Name, AttributeType Type);

/// <summary>What the editor offers to choose from.</summary>
public sealed record SegmentChoices(
    IReadOnlyList<(PurposeId Id, string Name)> Purposes, IReadOnlyList<AttributeChoice> Attributes, IReadOnlyList<string> Sources,
    IReadOnlyList<string> Regions, IReadOnlyList<string> Languages)
{
    /// <summary>The zones that people confirmed; IANA.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Where people said they live, as far as a state; by the alphabet. Countries are ISO 3166, states as stored with people.</summary>
    public IReadOnlyList<(string Country, string State)> States { get; init; } = [];

    /// <summary>In which each purpose has words; ISO 639-1.</summary>
    public IReadOnlyList<(PurposeId Purpose, string Language)> WordingLanguages { get; init; } = [];

    /// <summary>The organisation's, by whose clock days of the calendar begin; IANA.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Static lists that are in use.</summary>
    public IReadOnlyList<(SegmentId Id, string Name)> Lists { get; init; } = [];

    /// <summary>Segments in use, the static lists among them.</summary>
    public IReadOnlyList<(SegmentId Id, string Name)> Segments { get; init; } = [];

    /// <summary>Archived segments, which a rule may still name.</summary>
    public IReadOnlyList<(SegmentId Id, string Name)> Archived { get; init; } = [];

    /// <summary>Campaigns that were started, newest first.</summary>
    public IReadOnlyList<(CampaignId Id, string Name)> Campaigns { get; init; } = [];

    public RuleNames Names => new(Purposes.ToDictionary(p => p.Id, p => p.Name), Attributes.ToDictionary(a => a.Id, a => a.Name), Lists.ToDictionary(l => l.Id, l => l.Name))
    {
        Segments = Segments.Concat(Archived.Select(s => (s.Id, Name: $"{s.Name} (archived)"))).ToDictionary(s => s.Id, s => s.Name), Campaigns = Campaigns.ToDictionary(c => c.Id, c => c.Name),
    };
}

/// <summary>One segment with its versions and the campaigns that use it.</summary>
public sealed class SegmentDetail(PortalDatabase database)
{
    private const int MostUses = 50;

    public async Task<Result<SegmentView>> GetAsync(Actor actor, SegmentId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        var segment = await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (segment is null or { CurrentVersion: 0 })
            return new SegmentNotFound();
        var versions = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, versions.Select(v => (ActorKind.Staff, v.AuthorId.ToString())), cancellationToken);
        return new SegmentView(
            id, segment.Name, segment.CurrentVersion, SegmentRuleJson.Read(versions[0].RuleJson).Value, versions[0].Sentence, segment.ArchivedAt is not null,
            [.. versions.Select(v => new SegmentPast(v.Version, v.Sentence, v.At, names.Of(ActorKind.Staff, v.AuthorId.ToString())))], await UsesAsync(db, id, cancellationToken))
        {
            NamedBy = await SegmentAudience.NamingAsync(db, id, cancellationToken),
            LastUse = await LastUseAsync(db, id, cancellationToken),
        };
    }

    /// <summary>The latest campaigns that text its people or leave them out; of one that repeats, not every run.</summary>
    private static async Task<IReadOnlyList<SegmentUse>> UsesAsync(PortalDbContext db, SegmentId id, CancellationToken cancellationToken)
    {
        var uses = await db.Campaigns.AsNoTracking().Where(c => c.SeriesId == null && (c.SegmentId == id || c.Exclusions.Any(e => e.SegmentId == id)))
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostUses)
            .Select(c => new
            {
                c.Id, c.Name, c.Status, IsLeftOut = c.SegmentId != id,
                Version = c.SegmentId == id ? c.SegmentVersion : c.Exclusions.Where(e => e.SegmentId == id).Select(e => e.Version).First(),
            }).ToListAsync(cancellationToken);
        return uses.ConvertAll(u => new SegmentUse(u.Id, u.Name, u.Status, u.Version, u.IsLeftOut));
    }

    private static async Task<SegmentLastUse?> LastUseAsync(PortalDbContext db, SegmentId id, CancellationToken cancellationToken)
    {
        var last = await db.Campaigns.AsNoTracking().Where(c => c.SegmentId == id && c.StartedAt != null && c.RepeatEvery == null && c.IdleDays == null && c.Status != CampaignStatus.Preparing)
            .OrderByDescending(c => c.StartedAt).ThenByDescending(c => c.Id).Select(c => new { c.Id, c.Name, c.SegmentVersion, c.StartedAt }).FirstOrDefaultAsync(cancellationToken);
        return last is null
            ? null
            : new SegmentLastUse(last.Id, last.Name, last.SegmentVersion, last.StartedAt!.Value, await db.OutboundMessages.CountAsync(m => m.CampaignId == last.Id, cancellationToken));
    }

    public async Task<SegmentChoices> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).ToListAsync(cancellationToken);
        // All that is asked of them stands in the narrow index: of a million people each question takes a tenth of a second instead of one or two.
        var people = db.ByRules.AsNoTracking();
        var lists = await SegmentAudience.Lists(db).Where(s => s.ArchivedAt == null).OrderBy(s => s.Name).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken);
        var segments = await db.Segments.AsNoTracking().Where(s => s.CurrentVersion > 0).OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.ArchivedAt }).ToListAsync(cancellationToken);
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.StartedAt != null).OrderByDescending(c => c.StartedAt).ThenBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(cancellationToken);
        var states = await people.Where(s => s.DeclaredRegion != null && s.DeclaredState != null).Select(s => new { s.DeclaredRegion, s.DeclaredState }).Distinct()
            .OrderBy(s => s.DeclaredRegion).ThenBy(s => s.DeclaredState).ToListAsync(cancellationToken);
        var wordings = await db.Wordings.AsNoTracking().Select(w => new { w.PurposeId, w.Language }).Distinct().OrderBy(w => w.Language).ToListAsync(cancellationToken);
        return new SegmentChoices(
            [.. purposes.Select(p => (p.Id, p.Name))],
            await db.AttributeDefinitions.AsNoTracking().OrderBy(a => a.Name).Select(a => new AttributeChoice(a.Id, a.Name, a.Type)).ToListAsync(cancellationToken),
            await people.Select(s => s.Source).Distinct().OrderBy(s => s).ToListAsync(cancellationToken),
            await people.Where(s => s.Region != null).Select(s => s.Region!).Distinct().OrderBy(s => s).ToListAsync(cancellationToken),
            await people.Where(s => s.Language != null).Select(s => s.Language!).Distinct().OrderBy(s => s).ToListAsync(cancellationToken))
        {
            Zones = await people.Where(s => s.DeclaredZone != null).Select(s => s.DeclaredZone!).Distinct().OrderBy(s => s).ToListAsync(cancellationToken),
            States = [.. states.Select(s => (s.DeclaredRegion!, s.DeclaredState!))],
            WordingLanguages = [.. wordings.Select(w => (w.PurposeId, w.Language))],
            Zone = (await RuleMoments.ZoneAsync(db, cancellationToken)).Id,
            Lists = [.. lists.Select(l => (l.Id, l.Name))],
            Segments = [.. segments.Where(s => s.ArchivedAt is null).Select(s => (s.Id, s.Name))],
            Archived = [.. segments.Where(s => s.ArchivedAt is not null).Select(s => (s.Id, s.Name))],
            Campaigns = [.. campaigns.Select(c => (c.Id, c.Name))],
        };
    }
}
