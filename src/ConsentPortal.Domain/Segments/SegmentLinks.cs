namespace ConsentPortal.Domain.Segments;

/// <summary>Puts the rules of other segments where a rule names them.</summary>
public static class SegmentLinks
{
    /// <summary>Conditions and groups that one question may come to, those of other segments included.</summary>
    public const int MaxReach = 200;

    /// <param name="rules">The newest rules of all segments that can be reached.</param>
    /// <param name="of">The segment whose rule this is; null for a rule that is not saved yet.</param>
    /// <returns>The same rule, complete; or why it has no answer: it comes back to itself, names what is gone, or is too large.</returns>
    public static Result<SegmentRule> Complete(SegmentRule rule, IReadOnlyDictionary<SegmentId, SegmentRule> rules, SegmentId? of = null)
    {
        var problems = new List<RuleProblem>();
        var whole = new Walk(rules, problems).Of(rule, "rule", of is { } id ? [id] : [], isOwn: true);
        if (problems.Count == 0 && whole.Reached().Count() is > MaxReach and var size)
            problems.Add(new RuleProblem("rule", $"With the segments that it names the rule has {size} parts; {MaxReach} are the most."));
        return problems.Count == 0 ? whole : new SegmentRuleRefused(problems);
    }

    private sealed class Walk(IReadOnlyDictionary<SegmentId, SegmentRule> rules, List<RuleProblem> problems)
    {
        private int _size;

        /// <param name="path">Of the part of the asked rule: what is wrong deeper down is told of the place that leads there.</param>
        /// <param name="on">The segments in whose rules this part stands.</param>
        public SegmentRule Of(SegmentRule rule, string path, IReadOnlyList<SegmentId> on, bool isOwn)
        {
            IReadOnlyList<SegmentRule> Parts(RuleGroup group) => [.. group.Rules.Select((part, i) => Of(part, isOwn ? $"{path}.{i + 1}" : path, on, isOwn))];
            return rule switch
            {
                AllOf all => new AllOf(Parts(all)),
                AnyOf any => new AnyOf(Parts(any)),
                NoneOf none => new NoneOf(Parts(none)),
                InSegment other => Follow(other, path, on),
                _ => rule,
            };
        }

        private InSegment Follow(InSegment other, string path, IReadOnlyList<SegmentId> on)
        {
            // Without the count, segments that name two others each would take twice as long with each of them.
            if (++_size > MaxReach)
                return other;
            if (on.Contains(other.Segment))
                problems.Add(new RuleProblem(path, "The segment comes back to itself: its rule names a segment whose rule names it in turn. Choose another."));
            else if (!rules.TryGetValue(other.Segment, out var rule))
                problems.Add(new RuleProblem(path, "A condition names a segment that is gone. Choose another."));
            else
                return other with { Rule = Of(rule, path, [.. on, other.Segment], isOwn: false) };
            return other;
        }
    }
}
