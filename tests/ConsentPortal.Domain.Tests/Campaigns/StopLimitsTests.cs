using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class StopLimitsTests
{
    private static readonly StopLimits Limits = new(OptOutPercent: 2m, FailurePercent: 10m, From: 100);

    [Fact]
    public void More_opt_outs_than_the_limit_say_so_with_the_figures() => Assert.Equal(
        "Paused by itself: 6 of 150 (4 %) opted out, and the limit is 2 %. Look at the text and at the audience before you let it go on.",
        Limits.BrokenBy(new CampaignCounts(Sent: 150, OptOuts: 6, Settled: 150, Failed: 0)));

    [Fact]
    public void Failures_count_against_the_texts_whose_end_is_known() =>
        Assert.Contains("11 of 100 (11 %) failed", Limits.BrokenBy(new CampaignCounts(Sent: 10_000, OptOuts: 0, Settled: 100, Failed: 11)));

    [Fact]
    public void Exactly_the_limit_is_within_it() => Assert.Null(Limits.BrokenBy(new CampaignCounts(Sent: 100, OptOuts: 2, Settled: 100, Failed: 10)));

    [Fact]
    public void Nothing_stops_before_enough_is_counted() => Assert.Null(Limits.BrokenBy(new CampaignCounts(Sent: 99, OptOuts: 99, Settled: 99, Failed: 99)));

    [Fact]
    public void Without_limits_nothing_stops() => Assert.Null(new StopLimits(null, null, 20).BrokenBy(new CampaignCounts(100, 100, 100, 100)));
}
