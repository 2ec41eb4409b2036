using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class CampaignLotsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<SubscriberId> People = [.. Enumerable.Range(0, 4_000).Select(_ => SubscriberId.New(Noon))];

    [Fact]
    public void A_lot_is_the_same_on_every_machine_and_in_every_year() => Assert.Equal(
        2_179_764_640_734_617_952,
        CampaignBucket.Of(new CampaignId(Guid.Parse("01936000-0000-7000-8000-000000000001")), new SubscriberId(Guid.Parse("01936000-0000-7000-8000-000000000002")), BucketQuestion.Variant));

    [Fact]
    public void About_the_held_out_share_is_held_out_and_another_campaign_holds_out_others()
    {
        var (one, other) = (Campaign(), Campaign());
        one.HoldoutPercent = other.HoldoutPercent = 10;

        var (first, second) = (People.Where(one.IsHeldOut).ToHashSet(), People.Where(other.IsHeldOut).ToHashSet());

        Assert.InRange(first.Count, 300, 500);
        Assert.InRange(first.Intersect(second).Count(), 10, 80);
        Assert.True(first.SetEquals(People.Where(one.IsHeldOut)));
    }

    [Fact]
    public void Variants_are_given_by_weight_and_independently_of_the_holdout()
    {
        var campaign = Campaign();
        campaign.HoldoutPercent = 50;
        campaign.Write([("One", 3), ("Two", 1)]);

        var second = People.Where(p => campaign.VariantOf(p) == 'B').ToList();

        Assert.InRange(second.Count, 850, 1_150);
        Assert.InRange(second.Count(campaign.IsHeldOut), 0.42 * second.Count, 0.58 * second.Count);
    }

    [Fact]
    public void Whoever_is_held_out_of_a_series_or_drew_a_text_of_it_stays_so_in_every_run()
    {
        var series = Campaign();
        series.HoldoutPercent = 20;
        series.Write([("One", 1), ("Two", 1)]);
        series.Repeat(new Recurrence(RepeatEvery.Day, WeekDays.None, "UTC", null, null, Recurrence.UsualDrift));
        series.DryRunId = Guid.Empty;
        series.Submit(Guid.Empty);
        series.Approve(Guid.CreateVersion7(Noon), "hash", Noon);
        series.BeginRepeating("hash", series.StartAt.AddTicks(-1), Noon);

        var (first, second) = (series.MakeRun(Purpose(), [], Noon), series.MakeRun(Purpose(), [], Noon));

        Assert.All([first, second], run => Assert.Equal(People.Where(series.IsHeldOut), People.Where(run.IsHeldOut)));
        Assert.All([first, second], run => Assert.Equal(People.Select(series.VariantOf), People.Select(run.VariantOf)));
        Assert.NotEqual(People.Select(first.LotOf), People.Select(second.LotOf));
    }

    [Fact]
    public void One_text_has_no_letter() => Assert.Null(Campaign().VariantOf(People[0]));

    [Fact]
    public void A_variant_that_was_taken_out_is_gone_and_the_letters_close_up()
    {
        var campaign = Campaign();
        campaign.Write([("One", 1), ("Two", 1), ("Three", 2)]);

        campaign.Write([("One", 1), ("Three", 2)]);

        Assert.Equal([new CampaignText('A', "One"), new CampaignText('B', "Three", 2)], campaign.Texts);
    }

    internal static Campaign Campaign(CampaignId? id = null) => new()
    {
        Id = id ?? CampaignId.New(Noon), Name = "Hello", PurposeId = Purpose().Id, SegmentId = new SegmentId(Guid.Parse("01936000-0000-7000-8000-000000000003")), SegmentVersion = 1,
        Body = "Hello", StartAt = Noon, AuthorId = Guid.Empty, CreatedAt = Noon,
    };

    internal static Purpose Purpose() => new()
    {
        Id = new PurposeId(Guid.Parse("01936000-0000-7000-8000-000000000004")), Name = "Offers", Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent,
        Sender = "+12025550111", SenderCanReceive = true, NeedsDoubleOptIn = false, CreatedAt = Noon,
    };
}
