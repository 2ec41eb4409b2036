using System.Text.Json.Serialization;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>Agrees to a purpose now, and has done so for a time; a consent whose day is not recorded has no age and is never met.</summary>
/// <param name="IsWithin">True for consents of the time that follows, false for those of any other.</param>
/// <param name="Days">In the last days of 24 hours, counted back from the moment of the question; 1 to 3650. Null where <paramref name="When"/> says the time.</param>
/// <param name="When">Any other time, though not at any time at all; null where days are given.</param>
[RuleKind("consentAge")]
public sealed record ConsentAge(PurposeId Purpose, bool IsWithin, int? Days = null, RuleTime? When = null) : SegmentRule
{
    [JsonIgnore]
    public RuleTime Time => When ?? new RuleTime(Days);

    public override string Describe(RuleNames names) =>
        $"agreed to {names.Purpose(Purpose)}{(IsWithin ? $" {Time.Describe()}" : Time.Days is { } days ? $" more than {RuleNames.Days(days)} ago" : $", though not {Time.Describe()}")}";

    public override bool Holds(SegmentPerson person) => person.Standing(Purpose) == ConsentStatus.Granted
        && person.Consents[Purpose].State.GrantedAt is { } at && IsWithin == Time.Has(at, person.At);

    internal override string Seen(SegmentPerson person) => person.Standing(Purpose) != ConsentStatus.Granted ? "no consent in force"
        : person.Consents[Purpose].State.GrantedAt is { } at ? $"agreed {person.Dated(at)}" : "agreed, on a day that is not recorded";

    internal override IEnumerable<string> Problems() =>
        (Purpose.Value == Guid.Empty ? (IEnumerable<string>)["Choose the purpose of the consent."] : []).Concat(RuleLimits.Time(Days, When));
}
