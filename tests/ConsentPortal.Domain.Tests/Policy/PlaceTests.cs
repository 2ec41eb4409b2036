using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Which rule sets and which clocks a number, an address, a SIM and an establishment bring.</summary>
public sealed class PlaceTests
{
    private const string Noon = "2026-11-24T17:00:00Z";

    [Theory]
    [Trait("Rule", "N-01")]
    [InlineData(Toronto, "CA", "CA-ON")]
    [InlineData("+17872345678", "PR", "US")]
    [InlineData("+447624300000", "IM", "IM")]
    [InlineData("+447797712345", "JE", "JE")]
    [InlineData("+77010001234", "KZ", "XX")]
    [InlineData("+262692123456", "RE", "RE")]
    [InlineData("+590690001234", "GP", "GP")]
    public void The_numbering_plan_decides_and_not_the_calling_code(string number, string region, string set)
    {
        Assert.Equal(region, Recipient.Of(number).Region);
        Assert.Equal(["PORTAL", set], Decide(Marketing(number), Noon).RuleSets);
    }

    [Theory]
    [Trait("Rule", "N-02")]
    [InlineData(null, null, null, null, "PORTAL US US-FL")]
    [InlineData("CA", "ON", null, null, "PORTAL US US-FL CA-ON")]
    [InlineData(null, null, "FR", null, "PORTAL US US-FL FR")]
    [InlineData(null, null, null, "DE", "PORTAL US US-FL GDPR")]
    [InlineData(null, null, null, "US", "PORTAL US US-FL")]
    // An address that only says the number's own country makes the state no less known.
    [InlineData("US", null, null, null, "PORTAL US US-FL")]
    public void Number_address_SIM_and_establishment_are_joined(string? country, string? state, string? sim, string? establishment, string sets) => Assert.Equal(
        sets.Split(' '),
        Decide(Marketing(Miami) with { DeclaredCountry = country, DeclaredState = state, SimCountry = sim }, Noon, Statute with { Establishment = establishment }).RuleSets);

    [Theory]
    [Trait("Rule", "N-03")]
    [InlineData("+12012001000", "NJ NY")]
    [InlineData(NewYork, "NY")]
    [InlineData(Miami, "FL")]
    public void An_area_code_brings_every_state_that_it_reaches(string number, string states) => Assert.Equal(states.Split(' '), Recipient.Of(number).States.Order());

    [Fact]
    [Trait("Rule", "N-04")]
    public void An_address_in_another_state_is_added_to_that_of_the_area_code() =>
        Assert.Equal(["PORTAL", "US", "US-FL", "US-NY"], Decide(Marketing(Miami) with { DeclaredCountry = "US", DeclaredState = "NY" }, Noon).RuleSets);

    [Fact]
    [Trait("Rule", "N-04")]
    public void A_zone_that_the_person_confirmed_takes_the_place_of_the_clocks_and_not_of_the_states()
    {
        var decision = Decide(Marketing(FloridaPanhandle) with { DeclaredZone = "America/Denver" }, Noon);
        Assert.Equal(["America/Denver"], decision.Zones);
        Assert.Contains("US-FL", decision.RuleSets);
    }

    [Theory]
    [Trait("Rule", "N-05")]
    [InlineData("+18502241000", "America/New_York")]
    [InlineData("+18504321000", "America/Chicago")]
    [InlineData(FloridaPanhandle, "America/Chicago America/New_York")]
    [InlineData("+19155321000", "America/Denver")]
    [InlineData("+15418891000", "America/Denver")]
    [InlineData("+12086641000", "America/Los_Angeles")]
    [InlineData("+12198811000", "America/Chicago")]
    public void An_exchange_tells_the_zone_and_where_it_does_not_all_zones_of_the_area_code_count(string number, string zones) => Assert.Equal(zones, Zones(number));

    [Theory]
    [Trait("Rule", "N-06")]
    [InlineData("+14482001000", "America/Chicago America/New_York")]
    [InlineData("+13642001000", "America/Chicago America/New_York")]
    [InlineData("+14582001000", "America/Denver America/Los_Angeles")]
    [InlineData("+19282821000", "America/Denver America/Phoenix")]
    public void An_overlay_has_the_zones_of_its_parent(string number, string zones) => Assert.Equal(zones, Zones(number));

    [Theory]
    [Trait("Rule", "N-07")]
    [InlineData("+447400123456", "Europe/London")]
    [InlineData("+262692123456", "Indian/Reunion")]
    [InlineData("+353851234567", "Europe/Dublin")]
    [InlineData(Mumbai, "Asia/Kolkata")]
    public void Zones_outside_the_numbers_region_do_not_count_and_old_names_are_read(string number, string zones) => Assert.Equal(zones, Zones(number));

    [Theory]
    [Trait("Rule", "N-07")]
    [Trait("Rule", "C-05")]
    [InlineData("+79161234567", true)]
    [InlineData("+34612345678", false)]
    public void More_than_ten_zones_tell_nothing_and_a_person_decides(string number, bool isUnknown)
    {
        var decision = Decide(Marketing(number), "2026-11-24T12:00:00Z");
        Assert.Equal(isUnknown, decision.Findings.Any(f => f.Reason == SendReason.ZoneUnknown));
        Assert.Equal(isUnknown, decision.Zones.Count == 0);
    }

    private static string Zones(string number) => string.Join(' ', Decide(Marketing(number), Noon).Zones.Order(StringComparer.Ordinal));
}
