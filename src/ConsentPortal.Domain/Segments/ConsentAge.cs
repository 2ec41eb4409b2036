using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>Agrees to a purpose now, and has done so for a time; a consent whose day is not recorded has no age and is never met.</summary>
/// <param name="IsWithin">True for consents of the last days, false for older ones.</param>
/// <param name="Days">Of 24 hours; 1 to 3650.</param>
[RuleKind("consentAge")]
public sealed record ConsentAge(PurposeId Purpose, bool IsWithin, int Days) : SegmentRule
{
    public override string Describe(RuleNames names) =>
        $"agreed to {names.Purpose(Purpose)} {(IsWithin ? $"in the last {RuleNames.Days(Days)}" : $"more than {RuleNames.Days(Days)} ago")}";

    public override bool Holds(SegmentPerson person) => person.Standing(Purpose) == ConsentStatus.Granted
        && person.Consents[Purpose].State.GrantedAt is { } at && IsWithin == (person.Age(at) <= TimeSpan.FromDays(Days));

    internal override string Seen(SegmentPerson person) => person.Standing(Purpose) != ConsentStatus.Granted ? "no consent in force"
        : person.Consents[Purpose].State.GrantedAt is { } at ? $"agreed {person.Dated(at)}" : "agreed, on a day that is not recorded";

    internal override IEnumerable<string> Problems() =>
        (Purpose.Value == Guid.Empty ? (IEnumerable<string>)["Choose the purpose of the consent."] : []).Concat(RuleLimits.Days(Days));
}
