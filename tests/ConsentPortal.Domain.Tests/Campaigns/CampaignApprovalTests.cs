using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class CampaignApprovalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly Guid First = Guid.Parse("01936000-0000-7000-8000-0000000000a1");
    private static readonly Guid Second = Guid.Parse("01936000-0000-7000-8000-0000000000a2");
    private static readonly Guid Third = Guid.Parse("01936000-0000-7000-8000-0000000000a3");

    [Fact]
    public void Everybody_who_wrote_since_the_last_approval_is_barred_and_not_the_last_of_them_alone()
    {
        var campaign = CampaignLotsTests.Campaign();
        campaign.WrittenBy(First);
        campaign.WrittenBy(Second);
        InReview(campaign, campaign.AuthorId);

        Assert.Equal([campaign.AuthorId, First, Second], campaign.Writers);
        Assert.All([campaign.AuthorId, First, Second], writer => Assert.IsType<SecondPersonNeeded>(campaign.Approve(writer, "hash", Noon).Failure));
        Assert.True(campaign.Approve(Third, "hash", Noon).IsSuccess);
    }

    [Fact]
    public void Nothing_of_a_voided_approval_is_left_and_whoever_writes_after_it_is_counted_from_there()
    {
        var campaign = CampaignLotsTests.Campaign();
        InReview(campaign, First);
        campaign.Approve(Second, "hash", Noon);

        campaign.WrittenBy(First);
        campaign.VoidApproval("The content was changed.");
        campaign.WrittenBy(Second);

        Assert.Equal((null, null, null, null), (campaign.SubmittedById, campaign.ApprovedById, campaign.ApprovedAt, campaign.ApprovedHash));
        InReview(campaign, campaign.AuthorId);
        Assert.All([First, Second], writer => Assert.IsType<SecondPersonNeeded>(campaign.Approve(writer, "hash", Noon).Failure));
    }

    [Fact]
    public void Only_what_is_in_review_can_be_approved()
    {
        var campaign = CampaignLotsTests.Campaign();

        Assert.IsType<CampaignNotReady>(campaign.Approve(Second, "hash", Noon).Failure);
        InReview(campaign, First);
        campaign.RequestChanges("Say how to stop.");
        Assert.IsType<CampaignNotReady>(campaign.Approve(Second, "hash", Noon).Failure);
        Assert.Null(campaign.ApprovedHash);
    }

    [Fact]
    public void Requested_changes_leave_no_review_behind()
    {
        var campaign = CampaignLotsTests.Campaign();
        InReview(campaign, First);

        campaign.RequestChanges("Say how to stop.");

        Assert.Null(campaign.SubmittedById);
        Assert.False(campaign.IsWorkOf(First));
    }

    [Fact]
    public void Nothing_starts_with_other_content_than_was_approved()
    {
        var (once, repeating) = (Approved(), Approved());
        repeating.Repeat(new Recurrence(RepeatEvery.Day, WeekDays.None, "UTC", null, null, Recurrence.UsualDrift));

        Assert.IsType<CampaignNotReady>(once.Start("other", Noon).Failure);
        Assert.IsType<CampaignNotReady>(once.Schedule("other").Failure);
        Assert.IsType<CampaignNotReady>(repeating.BeginRepeating("other", Noon.AddTicks(-1), Noon).Failure);
        Assert.All([once, repeating], campaign => Assert.Equal(CampaignStatus.Approved, campaign.Status));
        Assert.True(once.Schedule("hash").IsSuccess);
        Assert.IsType<CampaignNotReady>(once.Start("other", Noon).Failure);
    }

    [Fact]
    public void What_is_paused_starts_only_by_going_on()
    {
        var campaign = Approved();
        campaign.Schedule("hash");
        campaign.Pause("Wait for the stock.");

        Assert.IsType<CampaignNotReady>(campaign.Start("hash", Noon).Failure);
        Assert.True(campaign.WaitsForStart);
        Assert.True(campaign.Resume(isPlanned: false, Noon).IsSuccess);
        Assert.Equal(CampaignStatus.Scheduled, campaign.Status);
    }

    [Fact]
    public void What_was_sent_back_needs_a_dry_run_and_begins_anew()
    {
        var campaign = Approved();
        campaign.Start("hash", Noon);

        campaign.SendBack("The audience has grown.");

        Assert.Equal((null, null), (campaign.DryRunId, campaign.StartedAt));
        Assert.IsType<CampaignNotReady>(campaign.Submit(First).Failure);
    }

    [Fact]
    public void A_place_more_than_there_are_is_not_given()
    {
        var campaign = CampaignLotsTests.Campaign();
        campaign.AtMost = 2;

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => campaign.TakePlace()));
        Assert.Equal(2, campaign.CapTaken);
    }

    [Fact]
    public void Whoever_wrote_in_a_series_is_a_writer_of_its_runs()
    {
        var series = CampaignLotsTests.Campaign();
        series.Repeat(new Recurrence(RepeatEvery.Day, WeekDays.None, "UTC", null, null, Recurrence.UsualDrift));
        series.WrittenBy(First);
        InReview(series, Second);
        series.Approve(Third, "hash", Noon);
        series.BeginRepeating("hash", Noon.AddTicks(-1), Noon);

        var run = series.MakeRun(CampaignLotsTests.Purpose(), [], Noon);

        Assert.True(run.IsWorkOf(First));
        Assert.Equal((Second, Third, Noon), (run.SubmittedById, run.ApprovedById, run.ApprovedAt));
        Assert.Equal(CampaignContent.HashOf(run, CampaignLotsTests.Purpose(), []), run.ApprovedHash);
    }

    private static Campaign Approved()
    {
        var campaign = CampaignLotsTests.Campaign();
        InReview(campaign, First);
        Assert.True(campaign.Approve(Second, "hash", Noon).IsSuccess);
        return campaign;
    }

    private static void InReview(Campaign campaign, Guid staff)
    {
        campaign.DryRunId = Guid.Empty;
        Assert.True(campaign.Submit(staff).IsSuccess);
    }
}
