using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class InBucketTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    // As an import makes them: many at one instant.
    private static readonly int[] Lots = [.. Enumerable.Range(0, 20_000).Select(_ => SubscriberId.New(Now).Lot)];

    [Fact]
    public void A_share_has_about_its_percentage_of_people()
    {
        foreach (var salt in new[] { "spring", "summer", "autumn", "winter" })
            Assert.InRange(Count(salt, 0, 10), 1700, 2300);
    }

    [Fact]
    public void Shares_that_follow_each_other_have_nobody_in_common_and_leave_nobody_out() =>
        Assert.All(Lots, lot => Assert.Single(Enumerable.Range(0, 10), i => Has("spring", i * 10, 10, lot)));

    [Fact]
    public void Two_draws_know_nothing_of_each_other()
    {
        var both = Lots.Count(lot => Has("spring", 0, 50, lot) && Has("summer", 0, 50, lot));

        Assert.InRange(both, 4000, 6000);
    }

    [Fact]
    public void The_draw_of_a_name_never_changes()
    {
        Assert.Equal(new BucketDraw(1_196_551_413, 1_887_023_944, 0, 214_748_364), new InBucket("spring", 0, 10).Draw());
        Assert.Equal(2_128_394_904, new SubscriberId(Guid.Parse("0193a000-0000-7000-8000-0000fedcba98")).Lot);
    }

    private static int Count(string salt, int from, int percent) => Lots.Count(lot => Has(salt, from, percent, lot));

    private static bool Has(string salt, int from, int percent, int lot) => new InBucket(salt, from, percent).Draw() is var draw && draw.Place(lot) >= draw.From && draw.Place(lot) < draw.Before;
}
