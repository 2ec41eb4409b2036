using ConsentPortal.Domain.Preferences;

namespace ConsentPortal.Domain.Segments;

[RuleKind("frequency")]
public sealed record FrequencyIs(IReadOnlyList<FrequencyPreference> Values) : ListCondition<FrequencyPreference>(Values)
{
    private protected override string What => "frequency";

    private protected override bool IsGood(FrequencyPreference value) => Enum.IsDefined(value);

    public override string Describe(RuleNames names) => $"asked for {RuleNames.Or(Values.Select(Words))}";

    public override bool Holds(SegmentPerson person) => Values.Contains(person.Frequency);

    internal override string Seen(SegmentPerson person) => $"asked for {Words(person.Frequency)}";

    public bool Equals(FrequencyIs? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    private static string Words(FrequencyPreference preference) => preference switch
    {
        FrequencyPreference.Every => "every text",
        FrequencyPreference.Daily => "daily texts",
        FrequencyPreference.Weekly => "weekly texts",
        FrequencyPreference.Biweekly => "two texts a month",
        FrequencyPreference.Monthly => "monthly texts",
        FrequencyPreference.UrgentOnly => "urgent texts only",
    };
}
