using ConsentPortal.Domain.Policy.Places;
using PhoneNumbers;

namespace ConsentPortal.Domain.Segments;

/// <summary>Where the person said they live.</summary>
/// <param name="Country">ISO 3166, upper case.</param>
/// <param name="State">Of that country, as stored with the person; null for the whole country.</param>
[RuleKind("livesIn")]
public sealed record LivesIn(string Country, string? State = null) : SegmentRule
{
    public override string Describe(RuleNames names) => State is null ? $"live in {Country}" : $"live in {State}, {Country}";

    public override bool Holds(SegmentPerson person) => person.Country == Country && (State is null || person.State == State);

    internal override string Seen(SegmentPerson person) => (person.Country, person.State) switch
    {
        (null, _) => "place of living not known",
        ({ } country, null) => $"lives in {country}",
        ({ } country, { } state) => $"lives in {state}, {country}",
    };

    internal override IEnumerable<string> Problems()
    {
        if (Country is not { Length: 2 } || !Country.All(char.IsAsciiLetterUpper))
            yield return "Choose the country that people live in.";
        else if (!RegionZones.IsRegion(Country) && !PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(Country))
            yield return $"\"{Country}\" is no country code. Choose the country from the list.";
        if (State is { Length: 0 or > 8 })
            yield return "A state is a code of at most eight characters, such as FL.";
    }
}
