using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Path">Where, as in <see cref="RuleProblem"/>; "rule" is everybody, before the first condition.</param>
/// <param name="People">Exact: who is left after the condition and all before it; of a branch of an "any" group, who meets it of those left before the group.</param>
public sealed record FunnelStep(string Path, int People);

/// <summary>Where a rule loses its people: the outermost conditions in their order, each counted by the queries that find the segment.</summary>
public sealed class SegmentFunnel(PortalDatabase database, TimeProvider clock)
{
    /// <returns>One step after the other as soon as it is counted, all of one instant; none for a rule that is not finished.</returns>
    public IAsyncEnumerable<FunnelStep> StepsAsync(Actor actor, SegmentRule rule, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        return CountAsync(rule, cancellationToken);
    }

    private async IAsyncEnumerable<FunnelStep> CountAsync(SegmentRule rule, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (rule.Check().Count > 0)
            yield break;
        await using var db = database.Open();
        var now = await RuleMoments.AtAsync(db, clock.GetUtcNow(), cancellationToken);
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out _))
            yield break;
        yield return new FunnelStep("rule", await db.ByRules.CountAsync(cancellationToken));
        foreach (var (path, part) in Questions(whole))
        {
            // A query of the embedded store can't be stopped once it runs; between two of them the answer may have become useless.
            cancellationToken.ThrowIfCancellationRequested();
            yield return new FunnelStep(path, await SegmentTranslator.Size(db, part, now).SingleOrDefaultAsync(cancellationToken));
        }
    }

    private static IEnumerable<(string Path, SegmentRule Rule)> Questions(SegmentRule rule)
    {
        var group = rule as RuleGroup ?? new AllOf([rule]);
        for (var i = 0; i < group.Rules.Count; i++)
        {
            IReadOnlyList<SegmentRule> before = [.. group.Rules.Take(i)], upTo = [.. before, group.Rules[i]];
            yield return ($"rule.{i + 1}", group is AllOf ? new AllOf(upTo) : group is NoneOf ? new NoneOf(upTo) : group.Rules[i]);
            if (group is AllOf && group.Rules[i] is AnyOf any)
                for (var j = 0; j < any.Rules.Count; j++)
                    yield return ($"rule.{i + 1}.{j + 1}", new AllOf([.. before, any.Rules[j]]));
        }
    }
}
