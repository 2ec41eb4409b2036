using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Segments;

[RuleKind("lineType")]
public sealed record LineTypeIs(IReadOnlyList<LineType> Values) : ListCondition<LineType>(Values)
{
    private protected override string What => "kind of line";

    private protected override bool IsGood(LineType value) => Enum.IsDefined(value);

    public override string Describe(RuleNames names) => $"have a line of the kind {RuleNames.Or(Values.Select(Words))}";

    public override bool Holds(SegmentPerson person) => Values.Contains(person.LineType);

    internal override string Seen(SegmentPerson person) => $"a line of the kind {Words(person.LineType)}";

    public bool Equals(LineTypeIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    private static string Words(LineType type) => type switch
    {
        LineType.Unknown => "unknown",
        LineType.Mobile => "mobile",
        LineType.FixedLineOrMobile => "fixed or mobile",
        LineType.FixedLine => "fixed",
        LineType.Voip => "internet telephony",
        LineType.TollFree => "toll-free",
        LineType.PremiumRate => "premium rate",
        LineType.SharedCost => "shared cost",
        LineType.PersonalNumber => "personal number",
        LineType.Pager => "pager",
        LineType.Uan => "company number",
        LineType.Voicemail => "voicemail",
    };
}
