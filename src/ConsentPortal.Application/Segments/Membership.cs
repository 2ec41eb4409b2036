using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>Why one person belongs to a rule's people or does not.</summary>
public sealed record MembershipView(SubscriberId Person, string MaskedPhone, string? Region, RuleExplanation Rule, DateTimeOffset At);

public sealed record PersonSegment(SegmentId Id, string Name, RuleExplanation Rule);

/// <summary>Holds rules against one person, condition by condition, and answers as the query that finds the segment does.</summary>
public sealed class Membership(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<MembershipView>> GetAsync(Actor actor, SegmentRule rule, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        actor.Require(Permissions.ViewSubscribers);
        if (rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        if (await FindAsync(db, id, cancellationToken) is not { } subscriber || vault.Open(subscriber) is not { } opened)
            return new NobodyToExplain();
        var person = await SegmentPersonReader.ReadAsync(db, subscriber, await RuleMoments.AtAsync(db, now, cancellationToken), cancellationToken);
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out var incomplete))
            return incomplete;
        var explanation = RuleExplanation.Of(whole, person, await SegmentAudience.NamesAsync(db, cancellationToken));
        return new MembershipView(id, opened.Phone.ToString(), subscriber.Region, explanation, now);
    }

    /// <summary>All segments in use by name, each in its current version, with whether the person belongs; empty for somebody who can belong to none.</summary>
    public async Task<IReadOnlyList<PersonSegment>> OfAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        if (await FindAsync(db, id, cancellationToken) is not { } subscriber)
            return [];
        var person = await SegmentPersonReader.ReadAsync(db, subscriber, await RuleMoments.AtAsync(db, clock.GetUtcNow(), cancellationToken), cancellationToken);
        var names = await SegmentAudience.NamesAsync(db, cancellationToken);
        var segments = await (
            from segment in db.Segments.AsNoTracking()
            where segment.ArchivedAt == null
            join version in db.SegmentVersions on new { segment.Id, Version = segment.CurrentVersion } equals new { Id = version.SegmentId, version.Version }
            orderby segment.Name
            select new { segment.Id, segment.Name, version.RuleJson }).ToListAsync(cancellationToken);
        var answers = new List<PersonSegment>();
        foreach (var segment in segments)
            if ((await SegmentAudience.CompleteAsync(db, SegmentRuleJson.Read(segment.RuleJson).Value, segment.Id, cancellationToken)).TryGet(out var whole, out _))
                answers.Add(new PersonSegment(segment.Id, segment.Name, RuleExplanation.Of(whole, person, names)));
        return answers;
    }

    private static Task<Subscriber?> FindAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        SegmentTranslator.Everybody(db).SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
}

public sealed record NobodyToExplain()
    : Failure("This person can belong to no segment: there is no such record, it was erased, or it was merged into another one. Look for the one that goes on.");
