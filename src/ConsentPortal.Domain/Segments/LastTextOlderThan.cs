namespace ConsentPortal.Domain.Segments;

/// <summary>Nothing was sent to the person in the last days; those who never got a text belong to it.</summary>
/// <param name="Days">Of 24 hours; 1 to 3650.</param>
[RuleKind("lastTextOlderThan")]
public sealed record LastTextOlderThan(int Days) : SegmentRule
{
    public override string Describe(RuleNames names) => $"got no text in the last {RuleNames.Days(Days)}";

    public override bool Holds(SegmentPerson person) => person.LastTextAt is not { } at || person.Age(at) > TimeSpan.FromDays(Days);

    internal override string Seen(SegmentPerson person) => person.LastTextAt is { } at ? $"last text {person.Dated(at)}" : "never got a text";

    internal override IEnumerable<string> Problems() => RuleLimits.Days(Days);
}
