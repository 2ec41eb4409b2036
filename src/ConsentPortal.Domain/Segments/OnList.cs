namespace ConsentPortal.Domain.Segments;

/// <summary>Stands on a static list: people who were put there once and stay until they are taken away.</summary>
/// <param name="List">The segment that the list was frozen as.</param>
[RuleKind("onList")]
public sealed record OnList(SegmentId List) : SegmentRule
{
    public override string Describe(RuleNames names) => $"are on the list \"{names.List(List)}\"";

    public override bool Holds(SegmentPerson person) => person.Lists.Contains(List);

    internal override string Seen(SegmentPerson person) => Holds(person) ? "on the list" : "not on the list";

    internal override IEnumerable<string> Problems() => List.Value == Guid.Empty ? ["Choose the list."] : [];
}
