using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Whom an approval means, and what stops a campaign whose audience or purpose is no longer what was approved.</summary>
public sealed class SignedAudienceTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task An_edit_of_a_segment_that_the_audience_reaches_voids_the_approval_visibly()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.ApprovedAsync(await NestedAsync());
        var before = (await _desk.ViewAsync(id)).ContentHash;

        await EditAsync(_desk.Segment, "Americans", new NumberCountryIs(["US", "DE"]));

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, null), (view.Status, view.ApprovedBy));
        Assert.Contains("\"Americans\", which the audience reaches through another one, was changed", view.StatusReason);
        Assert.NotEqual(before, view.ContentHash);
        Assert.Equal(("Americans (version 1)", "Americans (version 2)"), view.SinceApproval!.Where(c => c.Field == "Segments that the rules name").Select(c => (c.Before, c.After)).Single());
        Assert.IsType<CampaignNotReady>((await _desk.SubmitAsync(id)).Failure);
        Assert.Single(await _portal.AuditAsync("campaign.approvalVoided"));
    }

    [Fact]
    public async Task So_does_an_edit_of_one_that_the_left_out_people_are_found_by()
    {
        await _desk.PeopleAsync(2);
        var inner = await AddAsync("French", new LanguageIs(["fr"]));
        var outer = await AddAsync("French readers", new AllOf([new InSegment(inner)]));
        var id = await _desk.ApprovedAsync(_desk.Draft() with { Exclude = [outer] });

        await EditAsync(inner, "French", new LanguageIs(["fr", "de"]));

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task So_does_one_of_a_campaign_that_was_paused_before_its_start()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(await NestedAsync() with { StartAt = _portal.Now.AddHours(3) });
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);

        await EditAsync(_desk.Segment, "Americans", new NumberCountryIs(["US", "DE"]));

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task What_changed_while_it_waited_unseen_stops_the_start()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(await NestedAsync() with { StartAt = _portal.Now.AddHours(3) });
        await UnseenEditAsync(new NumberCountryIs(["US", "DE"]));
        _portal.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));

        var view = await _desk.ViewAsync(id);
        Assert.Equal(CampaignStatus.Draft, view.Status);
        Assert.Contains("differs from what was approved", view.StatusReason);
    }

    [Fact]
    public async Task Planning_goes_on_with_the_rules_that_were_approved_when_one_of_them_is_edited_meanwhile()
    {
        var people = await _desk.PeopleAsync(6);
        var id = await _desk.LaunchedAsync(await NestedAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var edits = 0;
        var planner = _desk.Planner(batch: 2, new AfterEachBatch(() =>
        {
            if (edits++ == 0)
                EditAsync(_desk.Segment, "Americans", new NumberCountryIs(["DE"])).GetAwaiter().GetResult();
        }));

        await planner.PlanOnceAsync(default);

        Assert.Equal(people.ToHashSet(), (await _desk.TextsAsync(id)).Select(t => t.SubscriberId).ToHashSet());
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task An_audience_far_from_that_of_the_dry_run_goes_back_and_nothing_is_planned()
    {
        await _desk.PeopleAsync(4);
        var id = await _desk.ApprovedAsync();
        await _desk.PeopleAsync(2, consenting: false);
        Assert.Null((await _desk.LaunchAsync(id)).Failure);

        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, null, null), (view.Status, view.ApprovedBy, view.StartedAt));
        Assert.StartsWith("Nothing was sent: the audience has 6 people, and the dry run that was approved had 4, more than 25 % apart.", view.StatusReason);
        Assert.Empty(await _desk.TextsAsync(id));
        Assert.IsType<CampaignNotReady>((await _desk.SubmitAsync(id)).Failure);
        Assert.Single(await _portal.AuditAsync("campaign.audienceDrifted"));
    }

    [Fact]
    public async Task An_audience_within_the_limit_is_planned()
    {
        await _desk.PeopleAsync(4);
        var id = await _desk.ApprovedAsync();
        await _desk.PeopleAsync(1, consenting: false);
        await _desk.LaunchAsync(id);

        Assert.Equal(5, await _desk.Planner().PlanOnceAsync(default));
    }

    [Fact]
    public async Task Nobody_new_comes_into_a_campaign_that_goes_on_after_it_was_planned()
    {
        await _desk.PeopleAsync(4);
        var id = await _desk.LaunchedAsync();
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        await _portal.AddPersonAsync("+12125554000");

        Assert.Null((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default)).Failure);
        Assert.Equal(0, await planner.PlanOnceAsync(default));

        Assert.Equal(4, (await _desk.TextsAsync(id)).Count);
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_purpose_that_is_retired_pauses_what_is_sent_for_it_and_sends_back_what_waits()
    {
        await _desk.PeopleAsync(2);
        var (sending, later) = (await _desk.LaunchedAsync(), await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)) with { Name = "Later" }));
        await _desk.Planner().PlanOnceAsync(default);

        await RetireAsync();

        Assert.Equal((CampaignStatus.Paused, CampaignStatus.Draft), ((await _desk.ViewAsync(sending)).Status, (await _desk.ViewAsync(later)).Status));
        Assert.Contains("The purpose of this campaign was retired", (await _desk.ViewAsync(sending)).StatusReason);
        Assert.Contains("was retired", (await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, sending, default)).Failure!.Message);
    }

    [Fact]
    public async Task A_purpose_that_is_retired_sends_back_what_was_paused_before_its_start()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);

        await RetireAsync();

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task Whatever_is_still_due_for_a_retired_purpose_is_skipped_with_the_reason()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.RetiredAt, _portal.Now)), default);

        Assert.Empty(await _desk.DecideAsync(id));

        Assert.All(await _desk.TextsAsync(id), t => Assert.Equal((MessageState.Skipped, nameof(SendReason.PurposeRetired)), (t.State, t.Reason)));
    }

    [Fact]
    public async Task A_purpose_retired_between_start_and_planning_is_planned_for_nobody()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync();
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.RetiredAt, _portal.Now)), default);

        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));

        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_campaign_that_can_not_be_planned_does_not_keep_the_others_waiting()
    {
        await _desk.PeopleAsync(2);
        var bad = await _desk.LaunchedAsync(await NestedAsync());
        var good = await _desk.LaunchedAsync(_desk.Draft() with { Name = "Another one" });
        await _portal.Database.WriteAsync(
            db => db.Campaigns.Where(c => c.Id == bad).ExecuteUpdateAsync(c => c.SetProperty(x => x.StartAt, _portal.Now.AddMinutes(-1)).SetProperty(x => x.SegmentVersion, 99)), default);
        var log = new Errors();

        Assert.Equal(2, await _desk.Planner(log: log).PlanOnceAsync(default));

        Assert.Equal(2, (await _desk.TextsAsync(good)).Count);
        Assert.Contains(bad.ToString(), Assert.Single(log.Messages));
    }

    /// <summary>A campaign for a segment that does nothing but name the segment of the desk.</summary>
    private async Task<CampaignEdit> NestedAsync() => _desk.Draft() with { SegmentId = await AddAsync("Our people", new AllOf([new InSegment(_desk.Segment)])) };

    private async Task<SegmentId> AddAsync(string name, SegmentRule rule) => (await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, name, rule), default)).Value;

    private async Task EditAsync(SegmentId id, string name, SegmentRule rule) =>
        Assert.Null((await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(id, name, rule, SeenVersion: 1), default)).Failure);

    /// <summary>As from another process that knows nothing of approvals.</summary>
    private Task UnseenEditAsync(SegmentRule rule) => _portal.Database.WriteAsync(
        async db =>
        {
            (await db.Segments.FindAsync(_desk.Segment))!.CurrentVersion = 2;
            db.SegmentVersions.Add(new SegmentVersion { SegmentId = _desk.Segment, Version = 2, RuleJson = SegmentRuleJson.Write(rule), Sentence = "Others", AuthorId = Guid.Empty, At = _portal.Now });
        },
        default);

    private async Task RetireAsync() => Assert.Null((await _portal.Get<RetirePurpose>().ExecuteAsync(_portal.Staff, _portal.Offers.Id, "The shop closes", default)).Failure);

    private sealed class Errors : ILogger<CampaignPlanner>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                Messages.Add(formatter(state, exception));
        }
    }
}
