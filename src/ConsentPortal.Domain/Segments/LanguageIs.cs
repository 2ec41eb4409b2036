namespace ConsentPortal.Domain.Segments;

/// <param name="Values">ISO 639-1, lower case.</param>
[RuleKind("language")]
public sealed record LanguageIs(IReadOnlyList<string> Values) : ListCondition<string>(Values)
{
    private protected override string What => "language";

    private protected override bool IsGood(string value) => IsCode(value, 2, 8);

    public override string Describe(RuleNames names) => $"read {RuleNames.Or(Values)}";

    public override bool Holds(SegmentPerson person) => person.Language is { } language && Values.Contains(language);

    internal override string Seen(SegmentPerson person) => person.Language is { } language ? $"reads {language}" : "language not known";

    public bool Equals(LanguageIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
