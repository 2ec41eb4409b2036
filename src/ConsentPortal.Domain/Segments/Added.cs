namespace ConsentPortal.Domain.Segments;

/// <summary>When the person was added, counted back from the moment of the question.</summary>
/// <param name="IsWithin">True for the last days, false for longer ago.</param>
/// <param name="Days">Of 24 hours; 1 to 3650.</param>
[RuleKind("added")]
public sealed record Added(bool IsWithin, int Days) : SegmentRule
{
    public override string Describe(RuleNames names) =>
        IsWithin ? $"were added in the last {RuleNames.Days(Days)}" : $"were added more than {RuleNames.Days(Days)} ago";

    public override bool Holds(SegmentPerson person) => IsWithin == (person.Age(person.AddedAt) <= TimeSpan.FromDays(Days));

    internal override string Seen(SegmentPerson person) => $"added {person.Dated(person.AddedAt)}";

    internal override IEnumerable<string> Problems() => RuleLimits.Days(Days);
}

internal static class RuleLimits
{
    public static IEnumerable<string> NoTime { get; } = ["Say when."];

    public static IEnumerable<string> Days(int days) => days is >= 1 and <= 3650 ? [] : ["Days are counted from 1 to 3,650."];

    public static IEnumerable<string> Times(int times, string what) => times is >= 1 and <= 1000 ? [] : [$"{what} are counted from 1 to 1,000."];
}
