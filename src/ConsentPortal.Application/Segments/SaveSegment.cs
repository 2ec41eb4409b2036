using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Id">Null for a new segment.</param>
/// <param name="SeenVersion">The version that the editor started from; another one meanwhile is refused.</param>
public sealed record SegmentEdit(SegmentId? Id, string Name, SegmentRule Rule, int SeenVersion = 0);

/// <summary>Adds a segment, or a version to one. Versions are never changed: a campaign names the one it was sent to.</summary>
public sealed class SaveSegment(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<SegmentId>> ExecuteAsync(Actor actor, SegmentEdit edit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSegments);
        if (edit.Name.Trim() is not { Length: >= 3 and <= 100 })
            return new FieldRefused(nameof(edit.Name), "Give the segment a name of 3 to 100 characters.");
        if (edit.Rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => SaveAsync(db, actor, edit with { Name = edit.Name.Trim() }, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (problem is DbUpdateConcurrencyException || IsTaken(problem))
        {
            return new ChangedMeanwhile();
        }
    }

    // Two people saved the same next version, or the same name, at the same moment: the index let one through. Or somebody worked on a campaign that reaches it.
    private bool IsTaken(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }

    private static async Task<Result<SegmentId>> SaveAsync(PortalDbContext db, Actor actor, SegmentEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Segments.AnyAsync(s => s.Id != edit.Id && s.Name == edit.Name, cancellationToken))
            return NameTaken(nameof(edit.Name));
        if (await UnknownAsync(db, edit.Rule, cancellationToken) is { Count: > 0 } unknown)
            return new SegmentRuleRefused(unknown);
        if (!(await SegmentAudience.CompleteAsync(db, edit.Rule, edit.Id, cancellationToken)).TryGet(out _, out var incomplete))
            return incomplete;
        if (edit.Id is { } known && await SegmentDependants.BrokenByAsync(db, known, edit.Rule, cancellationToken) is { Count: > 0 } broken)
            return new SegmentRuleRefused(broken);
        var segment = edit.Id is { } id ? await db.Segments.FindAsync([id], cancellationToken) : Add(db, edit, now);
        if (segment is null || segment.ArchivedAt is not null)
            return new SegmentNotFound();
        if (segment.CurrentVersion != edit.SeenVersion)
            return new ChangedMeanwhile();
        await AddVersionAsync(db, actor, segment, edit, now, cancellationToken);
        return segment.Id;
    }

    internal static FieldRefused NameTaken(string field) => new(field, "Another segment has this name. Choose one that people can tell apart.");

    private static Segment Add(PortalDbContext db, SegmentEdit edit, DateTimeOffset now)
    {
        var segment = new Segment { Id = SegmentId.New(now), Name = edit.Name, CreatedAt = now };
        db.Segments.Add(segment);
        return segment;
    }

    private static async Task AddVersionAsync(
        PortalDbContext db, Actor actor, Segment segment, SegmentEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var json = SegmentRuleJson.Write(edit.Rule);
        var before = await db.SegmentVersions.AsNoTracking().SingleOrDefaultAsync(v => v.SegmentId == segment.Id && v.Version == segment.CurrentVersion, cancellationToken);
        if (before?.RuleJson == json && segment.Name == edit.Name)
            return;
        var facts = before is null ? null : new Dictionary<string, object?> { ["name"] = segment.Name, ["version"] = before.Version, ["rule"] = before.Sentence };
        segment.Name = edit.Name;
        var sentence = before?.Sentence;
        if (before?.RuleJson != json)
        {
            if (before is not null)
                await SignedAudiences.VoidAsync(db, actor, segment.Id, edit.Name, now, cancellationToken);
            sentence = edit.Rule.Sentence(await SegmentAudience.NamesAsync(db, cancellationToken));
            segment.CurrentVersion++;
            db.SegmentVersions.Add(new SegmentVersion
            {
                SegmentId = segment.Id, Version = segment.CurrentVersion, RuleJson = json, Sentence = sentence, At = now,
                AuthorId = Guid.TryParse(actor.Id, out var author) ? author : Guid.Empty,
            });
        }

        db.Audit(actor, now, new AuditFact(before is null ? "segment.added" : "segment.changed", "segment", segment.Id.ToString(), Before: facts,
            After: new Dictionary<string, object?> { ["name"] = segment.Name, ["version"] = segment.CurrentVersion, ["rule"] = sentence }));
    }

    private const string GonePurpose = "A condition names a purpose that is gone. Choose another.";
    private const string GoneCampaign = "A condition names a campaign that is gone. Choose another.";

    private static async Task<IReadOnlyList<RuleProblem>> UnknownAsync(PortalDbContext db, SegmentRule rule, CancellationToken cancellationToken)
    {
        var purposes = await db.Purposes.AsNoTracking().Select(p => p.Id).ToHashSetAsync(cancellationToken);
        var attributes = await db.AttributeDefinitions.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Type, cancellationToken);
        var lists = await SegmentAudience.Lists(db).Select(s => s.Id).ToHashSetAsync(cancellationToken);
        var archived = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt != null).Select(s => s.Id).ToHashSetAsync(cancellationToken);
        var campaigns = await db.Campaigns.AsNoTracking().Select(c => c.Id).ToHashSetAsync(cancellationToken);
        var problems =
            from place in rule.Places()
            let problem = place.Rule switch
            {
                OnList c when !lists.Contains(c.List) => "A condition names a list that is gone. Choose another.",
                ConsentIs { Purpose: var p } when !purposes.Contains(p) => GonePurpose,
                ConsentedUnder { Purpose: var p } when !purposes.Contains(p) => GonePurpose,
                ConsentAge { Purpose: var p } when !purposes.Contains(p) => GonePurpose,
                InSegment c when archived.Contains(c.Segment) => "A condition names a segment that was archived. Choose another.",
                WasSent { Campaign: { } c } when !campaigns.Contains(c) => GoneCampaign,
                Clicked { Campaign: { } c } when !campaigns.Contains(c) => GoneCampaign,
                AttributeCondition c when !attributes.TryGetValue(c.AttributeId, out var type) || (c is not AttributeKnown && type != TypeOf(c)) => "A condition names an attribute that is gone or of another kind. Choose another.",
                _ => null,
            }
            where problem is not null
            select new RuleProblem(place.Path, problem);
        return [.. problems];
    }

    private static AttributeType TypeOf(AttributeCondition condition) => condition switch
    {
        TextAttribute => AttributeType.Text,
        NumberAttribute => AttributeType.Number,
        DateAttribute or DateAttributeFromToday => AttributeType.Date,
        ListAttribute => AttributeType.List,
        _ => AttributeType.Flag,
    };
}

public sealed record SegmentNotFound() : Failure("There is no such segment, or it was archived. Nothing was changed.");
