using ConsentPortal.Domain.Retention;

namespace ConsentPortal.Domain.Tests.Retention;

public sealed class ProofOfConsentTests
{
    [Theory]
    [Trait("Rule", "O-10")]
    [Trait("Rule", "EU-23")]
    [InlineData("US", null, 60)]
    [InlineData("CA", null, 36)]
    [InlineData("FR", null, 36)]
    [InlineData("GB", null, 72)]
    [InlineData("DE", null, 60)]
    [InlineData(null, null, 60)]
    public void Each_country_has_its_time_to_prove_consent(string? region, string? declared, int months) => Assert.Equal(months, ProofOfConsent.LeastMonths(region, declared));

    [Theory]
    [Trait("Rule", "N-02")]
    [Trait("Rule", "C-06")]
    [InlineData("CA", "GB", 72)]
    [InlineData("GB", "CA", 72)]
    [InlineData("CA", "FR", 36)]
    [InlineData("CA", "DE", 60)]
    public void Of_two_places_the_longer_time_counts(string region, string declared, int months) => Assert.Equal(months, ProofOfConsent.LeastMonths(region, declared));

    [Theory]
    [InlineData(null, 60, 36, 60)]
    [InlineData(null, 36, 72, 72)]
    [InlineData(84, 60, 36, 84)]
    [InlineData(36, 120, 60, 60)]
    public void A_purpose_takes_the_place_of_the_schedule_and_of_no_law(int? ofPurpose, int ofSchedule, int least, int months) =>
        Assert.Equal(months, ProofOfConsent.MonthsKept(ofPurpose, ofSchedule, least));

    [Fact]
    public void The_different_times_come_once_each_and_shortest_first()
    {
        Assert.Equal([36, 60, 72], ProofOfConsent.Times);
        Assert.Equal(["CA", "FR", "GB", "US"], ProofOfConsent.Regions);
    }
}
