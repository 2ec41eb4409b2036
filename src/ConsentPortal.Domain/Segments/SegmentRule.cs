namespace ConsentPortal.Domain.Segments;

/// <summary>
/// Who belongs to a segment: a tree of groups (<see cref="AllOf"/>, <see cref="AnyOf"/>, <see cref="NoneOf"/>) and
/// conditions. Rules are values: they are stored as JSON, told as a sentence and translated into one query. A new kind of
/// condition is one record here, which also judges one person, and one query beside the others; nothing else has to know it.
/// </summary>
public abstract record SegmentRule
{
    private protected SegmentRule()
    {
    }

    /// <summary>How deep groups may stand in groups; the outermost counts one.</summary>
    public const int MaxDepth = 6;

    /// <summary>Groups and conditions together.</summary>
    public const int MaxSize = 60;

    /// <summary>In plain words, as part of a sentence: "have a US number".</summary>
    public abstract string Describe(RuleNames names);

    /// <summary>Whether the person meets the rule: the same answer as the query's, which a test holds against it.</summary>
    public abstract bool Holds(SegmentPerson person);

    /// <summary>What is known of the person about a condition, in a few words; null for a group.</summary>
    internal abstract string? Seen(SegmentPerson person);

    /// <summary>What is wrong with this node alone; the tree asks its children itself.</summary>
    internal abstract IEnumerable<string> Problems();

    internal virtual IReadOnlyList<SegmentRule> Children => [];

    /// <summary>The whole rule as one sentence, which stands under the editor, in the audit trail and before the approver.</summary>
    public string Sentence(RuleNames names) => $"People who {Describe(names)}.";

    /// <summary>Everything that is wrong, with where it stands: empty for a rule that may be saved.</summary>
    public IReadOnlyList<RuleProblem> Check()
    {
        var problems = new List<RuleProblem>();
        var size = Walk(this, "rule", 1, problems);
        if (size > MaxSize)
            problems.Add(new RuleProblem("rule", $"The rule has {size} parts; {MaxSize} are the most. Split it into several segments."));
        return problems;
    }

    /// <summary>This rule and everything below it.</summary>
    public IEnumerable<SegmentRule> Parts() => Children.SelectMany(child => child.Parts()).Prepend(this);

    /// <summary>This rule and everything below it, with where it stands as in <see cref="RuleProblem"/>.</summary>
    public IEnumerable<(string Path, SegmentRule Rule)> Places(string path = "rule") =>
        Children.SelectMany((child, i) => child.Places($"{path}.{i + 1}")).Prepend((path, this));

    /// <summary>All parts, and those of the other segments that they name.</summary>
    public IEnumerable<SegmentRule> Reached() => Parts().SelectMany(part => part is InSegment { Rule: { } rule } ? rule.Reached().Prepend(part) : [part]);

    private static int Walk(SegmentRule rule, string path, int depth, List<RuleProblem> problems)
    {
        if (depth > MaxDepth)
        {
            problems.Add(new RuleProblem(path, $"Groups stand more than {MaxDepth} deep in each other. Make the rule flatter."));
            return 1;
        }

        problems.AddRange(rule.Problems().Select(problem => new RuleProblem(path, problem)));
        var size = 1;
        for (var i = 0; i < rule.Children.Count && size <= MaxSize; i++)
            size += Walk(rule.Children[i], $"{path}.{i + 1}", depth + 1, problems);
        return size;
    }
}

/// <param name="Path">Where: "rule" is the outermost group, "rule.2.1" the first part of its second part.</param>
public sealed record RuleProblem(string Path, string Message);

public sealed record SegmentRuleRefused(IReadOnlyList<RuleProblem> Problems)
    : Failure($"This rule can't be used yet. {string.Join(' ', Problems.Select(p => p.Message))}");
