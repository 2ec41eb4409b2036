using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>
/// Keeps the people whom a rule means at this moment as a static list: a segment of its own whose rule names its own members, so that
/// campaigns can be aimed at it and other rules can take it in or leave it out.
/// </summary>
public sealed class FreezeSegment(PortalDatabase database, TimeProvider clock)
{
    /// <summary>More would hold up every other writer for longer than a STOP may wait.</summary>
    public const int Most = 50_000;

    /// <param name="name">Of the list.</param>
    public async Task<Result<SegmentId>> ExecuteAsync(Actor actor, SegmentRule rule, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSegments);
        if (name.Trim() is not { Length: >= 3 and <= 100 } trimmed)
            return new FieldRefused(nameof(name), "Give the list a name of 3 to 100 characters.");
        if (rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        try
        {
            return await database.WriteAsync(db => FreezeAsync(db, actor, rule, trimmed, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsTaken(problem))
        {
            return new ChangedMeanwhile();
        }
    }

    // Somebody else took the name at the same moment.
    private bool IsTaken(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }

    private async Task<Result<SegmentId>> FreezeAsync(PortalDbContext db, Actor actor, SegmentRule rule, string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.Segments.AnyAsync(s => s.Name == name, cancellationToken))
            return new FieldRefused(nameof(name), "Another segment has this name. Choose one that people can tell apart.");
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out var incomplete))
            return incomplete;
        var people = await SegmentTranslator.People(db, whole, await RuleMoments.AtAsync(db, now, cancellationToken)).OrderBy(s => s.Id).Select(s => s.Id).Take(Most + 1).ToListAsync(cancellationToken);
        if (people.Count == 0)
            return new NobodyToFreeze();
        if (people.Count > Most)
            return new TooManyToFreeze();
        var list = new Segment { Id = SegmentId.New(now), Name = name, CreatedAt = now, CurrentVersion = 1 };
        var names = await SegmentAudience.NamesAsync(db, cancellationToken);
        var itself = new AllOf([new OnList(list.Id)]);
        var sentence = itself.Sentence(names with { Lists = new Dictionary<SegmentId, string> { [list.Id] = name } });
        db.Segments.Add(list);
        db.SegmentVersions.Add(new SegmentVersion
        {
            SegmentId = list.Id, Version = 1, RuleJson = SegmentRuleJson.Write(itself), Sentence = sentence, At = now,
            AuthorId = Guid.TryParse(actor.Id, out var author) ? author : Guid.Empty,
        });
        db.SegmentMembers.AddRange(people.Select(person => new SegmentMember { SegmentId = list.Id, SubscriberId = person }));
        db.Audit(actor, now, new AuditFact("segment.frozen", "segment", list.Id.ToString(),
            After: new Dictionary<string, object?> { ["name"] = name, ["people"] = people.Count, ["rule"] = rule.Sentence(names) }));
        return list.Id;
    }
}

public sealed record NobodyToFreeze() : Failure("The rule means nobody at this moment, so there is nothing to keep. No list was made.");

public sealed record TooManyToFreeze()
    : Failure($"A list keeps at most {FreezeSegment.Most:N0} people, and the rule means more. No list was made; make the rule narrower, or use the rule itself.");
