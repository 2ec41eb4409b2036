namespace ConsentPortal.Domain.Segments;

/// <param name="Values">ISO 3166 regions of numbers by their numbering plan, upper case.</param>
[RuleKind("numberCountry")]
public sealed record NumberCountryIs(IReadOnlyList<string> Values) : ListCondition<string>(Values)
{
    private protected override string What => "country";

    private protected override bool IsGood(string value) => IsCode(value, 2, 3);

    public override string Describe(RuleNames names) => $"have a number of {RuleNames.Or(Values)}";

    public override bool Holds(SegmentPerson person) => person.Region is { } region && Values.Contains(region);

    internal override string Seen(SegmentPerson person) => person.Region is { } region ? $"a number of {region}" : "a number of no known country";

    public bool Equals(NumberCountryIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
