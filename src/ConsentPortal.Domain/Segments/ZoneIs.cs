using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Segments;

/// <summary>
/// Confirmed a time zone. Where a person confirmed none, quiet hours work with every zone that the number allows; numbers are sealed, so
/// no query can ask for those.
/// </summary>
/// <param name="Values">IANA names, as stored with the person.</param>
[RuleKind("zone")]
public sealed record ZoneIs(IReadOnlyList<string> Values) : ListCondition<string>(Values)
{
    private protected override string What => "time zone";

    private protected override bool IsGood(string value) => value is { Length: <= 64 } && IanaZones.IsKnown(value);

    public override string Describe(RuleNames names) => $"confirmed the time zone {RuleNames.Or(Values)}";

    public override bool Holds(SegmentPerson person) => person.Zone is { } zone && Values.Contains(zone);

    internal override string Seen(SegmentPerson person) => person.Zone is { } zone ? $"confirmed {zone}" : "confirmed no time zone";

    public bool Equals(ZoneIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
