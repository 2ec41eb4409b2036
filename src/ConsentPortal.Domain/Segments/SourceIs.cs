namespace ConsentPortal.Domain.Segments;

/// <param name="Values">Where people came from, in the words that stand with them.</param>
[RuleKind("source")]
public sealed record SourceIs(IReadOnlyList<string> Values) : ListCondition<string>(Values)
{
    private protected override string What => "source";

    private protected override bool IsGood(string value) => value is { Length: > 0 and <= 60 };

    public override string Describe(RuleNames names) => $"came through {RuleNames.Or(Values)}";

    public override bool Holds(SegmentPerson person) => Values.Contains(person.Source);

    internal override string Seen(SegmentPerson person) => $"came through {person.Source}";

    public bool Equals(SourceIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
