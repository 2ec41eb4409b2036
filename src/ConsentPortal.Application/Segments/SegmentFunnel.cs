using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Path">Where, as in <see cref="RuleProblem"/>; "rule" is everybody, before the first condition.</param>
/// <param name="People">
/// Exact. Of a part of an "all" or "none" group: who of those left before the group is left after the part and all before it in the group. Of a part of
/// an "any" group: who of them meets it.
/// </param>
public sealed record FunnelStep(string Path, int People);

/// <summary>Where a rule loses its people: each condition and group in its order, counted by the queries that find the segment.</summary>
public sealed class SegmentFunnel(PortalDatabase database, TimeProvider clock)
{
    /// <returns>One step after the other as soon as it is counted, all of one instant, the outermost parts before what stands within them; none for a rule that is not finished.</returns>
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
        // The last part of a group often asks what the group itself did: that answer is there already.
        var known = new Dictionary<SegmentRule, int>();
        foreach (var (path, asked) in Questions(whole))
        {
            // A query of the embedded store can't be stopped once it runs; between two of them the answer may have become useless.
            cancellationToken.ThrowIfCancellationRequested();
            if (!known.TryGetValue(asked, out var people))
                known[asked] = people = await SegmentTranslator.Size(db, asked, now).SingleOrDefaultAsync(cancellationToken);
            yield return new FunnelStep(path, people);
        }
    }

    private static IEnumerable<(string Path, SegmentRule Rule)> Questions(SegmentRule rule)
    {
        // Level by level: whoever reads the rule from above sees its first figures first.
        var groups = new Queue<(string Path, RuleGroup Group, IReadOnlyList<SegmentRule> Before)>([("rule", rule as RuleGroup ?? new AllOf([rule]), [])]);
        while (groups.TryDequeue(out var next))
        {
            for (var i = 0; i < next.Group.Rules.Count; i++)
            {
                var (path, part) = ($"{next.Path}.{i + 1}", next.Group.Rules[i]);
                yield return (path, new AllOf([.. next.Before, .. UpTo(next.Group, i + 1)]));
                if (part is RuleGroup inner)
                    groups.Enqueue((path, inner, [.. next.Before, .. next.Group is AnyOf ? [] : UpTo(next.Group, i)]));
            }
        }
    }

    /// <summary>What the first parts of a group ask together; of an "any" group, where each stands for itself, the last of them alone.</summary>
    private static IEnumerable<SegmentRule> UpTo(RuleGroup group, int parts) => (group, parts) switch
    {
        (AllOf, _) => group.Rules.Take(parts).SelectMany(Flat),
        (_, 0) => [],
        (NoneOf, _) => [new NoneOf([.. group.Rules.Take(parts)])],
        _ => Flat(group.Rules[parts - 1]),
    };

    private static IEnumerable<SegmentRule> Flat(SegmentRule rule) => rule is AllOf all ? all.Rules.SelectMany(Flat) : [rule];
}
