using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments;

/// <summary>The segments in use whose rules name one, directly or through others.</summary>
internal static class SegmentDependants
{
    /// <summary>Looked at before a rule is saved: a segment without an answer would stop whatever uses it.</summary>
    /// <returns>A problem for each segment that has an answer today and would have none with this rule.</returns>
    public static async Task<IReadOnlyList<RuleProblem>> BrokenByAsync(PortalDbContext db, SegmentId id, SegmentRule rule, CancellationToken cancellationToken)
    {
        var draft = new ReachedSegment(new SegmentAt(id, 0), rule);
        var problems = new List<RuleProblem>();
        foreach (var other in await OfAsync(db, id, cancellationToken))
            if (await CompleteAsync(db, other, draft, cancellationToken) is { IsSuccess: false, Failure.Message: var why }
                && (await CompleteAsync(db, other, draft: null, cancellationToken)).IsSuccess)
                problems.Add(new RuleProblem("rule", $"The segment \"{other.Name}\" names this one, and with this rule it would have no answer. {why}"));
        return problems;
    }

    private static async Task<IReadOnlyList<SegmentName>> OfAsync(PortalDbContext db, SegmentId id, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SegmentId, SegmentName>();
        var waiting = new Queue<SegmentId>([id]);
        while (waiting.TryDequeue(out var next))
            foreach (var naming in await SegmentAudience.NamingAsync(db, next, cancellationToken))
                if (naming.Id != id && found.TryAdd(naming.Id, naming))
                    waiting.Enqueue(naming.Id);
        return [.. found.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture)];
    }

    private static async Task<Result<SegmentRule>> CompleteAsync(PortalDbContext db, SegmentName segment, ReachedSegment? draft, CancellationToken cancellationToken)
    {
        var own = (await SegmentAudience.OwnRuleAsync(db, segment.Id, segment.Version, cancellationToken))!;
        return SegmentLinks.Complete(own, SegmentAudience.Rules(await SegmentReach.OfAsync(db, [own], at: null, draft, cancellationToken)), segment.Id);
    }
}
