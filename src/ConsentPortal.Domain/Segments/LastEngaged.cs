using System.Text.Json.Serialization;

namespace ConsentPortal.Domain.Segments;

/// <summary>The last sign of life, such as a reply, falls into a time.</summary>
/// <param name="Not">True for the others: those whose last sign was at another time, or who never gave one.</param>
[RuleKind("lastEngaged")]
public sealed record LastEngaged(RuleTime When, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : SegmentRule
{
    public override string Describe(RuleNames names) => $"{(Not ? "did not last engage" : "last engaged")} {When.Describe()}";

    public override bool Holds(SegmentPerson person) => Not != (person.LastEngagedAt is { } at && When.Has(at, person.At));

    internal override string Seen(SegmentPerson person) => person.LastEngagedAt is { } at ? $"last engaged {person.Dated(at)}" : "never engaged";

    internal override IEnumerable<string> Problems() => When?.Problems() ?? RuleLimits.NoTime;
}
