using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class RecurringRunsTests : IAsyncLifetime
{
    private static readonly Recurrence Daily = new(RepeatEvery.Day, WeekDays.None, "America/New_York", null, null, Recurrence.UsualDrift);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignPlanner _planner = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(4);
        // One for all turns: another one would have to wait for its lease.
        _planner = _desk.Planner();
    }

    public async Task DisposeAsync()
    {
        _planner.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_a_campaign_of_its_own_with_texts_of_its_own()
    {
        var series = await RepeatingAsync();

        await PlanAsync();

        var run = Assert.Single(await RunsAsync(series));
        Assert.Equal((1, 4, CampaignStatus.Sending), (run.Number, run.People, run.Status));
        Assert.Empty(await _desk.TextsAsync(series));
        Assert.Equal((CampaignStatus.Repeating, _portal.Now.AddDays(1)), ((await _desk.ViewAsync(series)).Status, (await _desk.ViewAsync(series)).NextRunAt));
    }

    [Fact]
    public async Task The_same_run_is_made_once_and_the_next_has_a_fresh_audience()
    {
        var series = await RepeatingAsync();
        await PlanAsync();
        await PlanAsync();
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125554000"));

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync();

        Assert.Equal([(2, 5), (1, 4)], (await RunsAsync(series)).Select(r => (r.Number, r.People)));
    }

    [Fact]
    public async Task What_a_run_sends_is_what_was_approved()
    {
        var series = await RepeatingAsync(edit => edit with { OtherTexts = [new TextEdit("Aurora: other words. {{ stopLine }}")], NotAfter = _portal.Now.AddHours(3) });
        await PlanAsync();

        var run = await _desk.ViewAsync((await RunsAsync(series))[0].Id);
        Assert.Equal((await _desk.ViewAsync(series)).Texts, run.Texts);
        Assert.Equal(("Ben Oduya", _portal.Now.AddHours(3), series), (run.ApprovedBy, run.NotAfter, run.SeriesId));
    }

    [Fact]
    public async Task An_audience_that_has_grown_by_more_than_the_limit_waits_for_a_second_person()
    {
        var series = await RepeatingAsync();
        await _desk.PeopleAsync(2, consenting: false);

        await PlanAsync();

        var view = await _desk.ViewAsync(series);
        Assert.Equal((CampaignStatus.Paused, 6), (view.Status, view.HeldAudience));
        Assert.Empty(await RunsAsync(series));
        Assert.IsType<SecondPersonNeeded>((await ReleaseAsync(_desk.Author)).Failure);
        Assert.Null((await ReleaseAsync(_desk.Approver)).Failure);
        await PlanAsync();
        Assert.Equal(6, Assert.Single(await RunsAsync(series)).People);

        Task<Result<Done>> ReleaseAsync(Domain.Staff.Actor by) => _portal.Get<ReleaseRun>().ExecuteAsync(by, series, default);
    }

    [Fact]
    public async Task Who_wrote_in_a_series_lets_no_held_run_of_it_go()
    {
        var third = await _portal.AddStaffAsync("Cleo Adair", [.. PermissionCatalogue.All.Select(p => p.Permission)]);
        var series = await _desk.SaveAsync(_desk.Draft() with { Repeats = Daily });
        var view = await _desk.ViewAsync(series);
        await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Approver, _desk.Draft("Aurora: other words. {{ stopLine }}") with { Id = series, Version = view.Version, Repeats = Daily }, default);
        await _desk.DryRunAsync(series);
        await _desk.SubmitAsync(series);
        Assert.Null((await _desk.ApproveAsync(series, third)).Failure);
        await _desk.LaunchAsync(series);
        await _desk.PeopleAsync(2, consenting: false);
        await PlanAsync();

        Assert.Equal(6, (await _desk.ViewAsync(series)).HeldAudience);
        Assert.IsType<SecondPersonNeeded>((await _portal.Get<ReleaseRun>().ExecuteAsync(_desk.Approver, series, default)).Failure);
        Assert.Null((await _portal.Get<ReleaseRun>().ExecuteAsync(third, series, default)).Failure);
    }

    [Fact]
    public async Task A_held_run_can_be_left_out()
    {
        var series = await RepeatingAsync();
        await _desk.PeopleAsync(2, consenting: false);
        await PlanAsync();

        Assert.Null((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, series, default)).Failure);
        await PlanAsync();

        Assert.Empty(await RunsAsync(series));
        Assert.Equal(_portal.Now.AddDays(1), (await _desk.ViewAsync(series)).NextRunAt);
    }

    [Fact]
    public async Task A_paused_run_keeps_the_next_one_back()
    {
        var series = await RepeatingAsync();
        await PlanAsync();
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, (await RunsAsync(series))[0].Id, "Wrong picture", default);

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync();

        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(series)).Status);
        Assert.Single(await RunsAsync(series));
    }

    [Fact]
    public async Task Runs_that_were_missed_while_the_portal_stood_still_are_not_made_up_for()
    {
        var series = await RepeatingAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(75));

        await PlanAsync();

        Assert.Empty(await RunsAsync(series));
        Assert.Equal(PeoplePortal.Noon.AddDays(4), (await _desk.ViewAsync(series)).NextRunAt);
        Assert.Single(await _portal.AuditAsync("campaign.runMissed"));
    }

    [Fact]
    public async Task After_its_last_run_it_is_finished()
    {
        var series = await RepeatingAsync(edit => edit with { Repeats = Daily with { Times = 1 } });

        await PlanAsync();

        Assert.Equal(CampaignStatus.Finished, (await _desk.ViewAsync(series)).Status);
        Assert.Single(await RunsAsync(series));
    }

    [Fact]
    public async Task Another_sender_of_the_purpose_takes_the_approval_back()
    {
        var series = await RepeatingAsync();
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550999")), default);

        await PlanAsync();

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(series)).Status);
        Assert.Empty(await RunsAsync(series));
    }

    [Fact]
    public async Task Another_repetition_needs_another_approval()
    {
        var id = await _desk.ApprovedAsync(_desk.Draft() with { Repeats = Daily });
        var view = await _desk.ViewAsync(id);

        await _desk.SaveAsync(_desk.Draft() with { Id = id, Version = view.Version, StartAt = view.StartAt, Repeats = Daily with { DriftPercent = 90 } });

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_cancelled_one_makes_no_more_runs()
    {
        var series = await RepeatingAsync();
        await _portal.Get<CancelCampaign>().ExecuteAsync(_desk.Author, series, "No longer needed", default);

        await PlanAsync();

        Assert.Empty(await RunsAsync(series));
    }

    private async Task<CampaignId> RepeatingAsync(Func<CampaignEdit, CampaignEdit>? change = null)
    {
        var edit = _desk.Draft() with { Repeats = Daily };
        return await _desk.LaunchedAsync(change?.Invoke(edit) ?? edit);
    }

    private Task<int> PlanAsync() => _planner.PlanOnceAsync(default);

    private Task<IReadOnlyList<CampaignRun>> RunsAsync(CampaignId series) => _portal.Get<CampaignRuns>().LatestAsync(_desk.Author, series, default);
}
