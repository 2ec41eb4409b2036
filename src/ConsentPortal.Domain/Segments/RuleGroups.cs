namespace ConsentPortal.Domain.Segments;

/// <summary>Rules joined by one word. An empty group is refused: it would quietly mean everybody or nobody.</summary>
public abstract record RuleGroup(IReadOnlyList<SegmentRule> Rules) : SegmentRule
{
    internal override IReadOnlyList<SegmentRule> Children => Rules ?? [];

    internal override IEnumerable<string> Problems() =>
        Children.Count == 0 ? ["A group is empty. Add a condition or remove the group."] : [];

    internal sealed override string? Seen(SegmentPerson person) => null;

    public virtual bool Equals(RuleGroup? other) => other is not null && EqualityContract == other.EqualityContract && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => Rules.Aggregate(EqualityContract.GetHashCode(), HashCode.Combine);

    private protected string Joined(RuleNames names, string word) =>
        RuleNames.Join([.. Rules.Select(r => r is RuleGroup { Rules.Count: > 1 } and not NoneOf ? $"({r.Describe(names)})" : r.Describe(names))], word);
}

[RuleKind("all")]
public sealed record AllOf(IReadOnlyList<SegmentRule> Rules) : RuleGroup(Rules)
{
    public override string Describe(RuleNames names) => Joined(names, "and");

    public override bool Holds(SegmentPerson person) => Rules.All(rule => rule.Holds(person));

    public bool Equals(AllOf? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}

[RuleKind("any")]
public sealed record AnyOf(IReadOnlyList<SegmentRule> Rules) : RuleGroup(Rules)
{
    public override string Describe(RuleNames names) => Joined(names, "or");

    public override bool Holds(SegmentPerson person) => Rules.Any(rule => rule.Holds(person));

    public bool Equals(AnyOf? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}

/// <summary>Leaves out whoever meets any of the rules.</summary>
[RuleKind("none")]
public sealed record NoneOf(IReadOnlyList<SegmentRule> Rules) : RuleGroup(Rules)
{
    public override string Describe(RuleNames names) => $"do not ({Joined(names, "or")})";

    public override bool Holds(SegmentPerson person) => !Rules.Any(rule => rule.Holds(person));

    public bool Equals(NoneOf? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
