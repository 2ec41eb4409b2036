using System.Diagnostics;
using System.Text.Json.Serialization;

namespace ConsentPortal.Domain.Segments;

/// <summary>Belongs to another segment, by that segment's newest rule at the moment of the question.</summary>
[RuleKind("inSegment")]
public sealed record InSegment(SegmentId Segment) : SegmentRule
{
    /// <summary>What the other segment asks. Stored with that segment alone: null until the question is put.</summary>
    [JsonIgnore]
    public SegmentRule? Rule { get; init; }

    public override string Describe(RuleNames names) => $"belong to the segment \"{names.Segment(Segment)}\"";

    public override bool Holds(SegmentPerson person) =>
        Rule?.Holds(person) ?? throw new UnreachableException("The rule of the other segment was not looked up before the question was put.");

    internal override string Seen(SegmentPerson person) => Holds(person) ? "belongs to it" : "does not belong to it";

    internal override IEnumerable<string> Problems() => Segment.Value == Guid.Empty ? ["Choose the segment."] : [];

    public bool Equals(InSegment? other) => other is not null && Segment == other.Segment;

    public override int GetHashCode() => Segment.GetHashCode();
}
