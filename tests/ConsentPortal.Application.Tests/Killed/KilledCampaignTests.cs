using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Killed;

/// <summary>
/// A process that dies just before and just after each change of a campaign's state: <see cref="CampaignMoves"/> says which there are, and each of them comes about here as
/// staff and jobs bring it about. The processes of the end-to-end tests are killed for good at those that send.
/// </summary>
public sealed class KilledCampaignTests : IAsyncLifetime
{
    private readonly DeathWatch _watch = new();
    private readonly RememberingProvider _provider = new([]);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignPlanner _planner = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync(watch: _watch);
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(4);
        _planner = _desk.Planner();
        await DispatchAsync();
        await using var db = _portal.Database.Open();
        await db.Database.OpenConnectionAsync();
        _watch.Begin(_portal.Folder, db.Database.GetDbConnection(), () => _provider.Taken);
    }

    public async Task DisposeAsync()
    {
        _planner.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_changes_the_state_of_a_campaign_is_done_or_not_done_when_the_process_dies()
    {
        await SentAsync();
        await ReviewedAsync();
        await CancelledAsync();
        await ScheduledAsync();
        await RepeatedAsync();
        await PreparedAsync();

        var seen = _watch.Seen.Where(m => m.Table == "Campaigns").Select(m => ((CampaignStatus)m.From, (CampaignStatus)m.To)).ToHashSet();
        Assert.Empty(CampaignMoves.All.Except(seen));
        Assert.Empty(seen.Except(CampaignMoves.All));
    }

    private async Task SentAsync()
    {
        var id = await _desk.LaunchedAsync();
        await PlanAsync();
        await PauseAsync(id);
        await ResumeAsync(id);
        await DispatchAsync();
        await PlanAsync();
        Assert.Equal(CampaignStatus.Finished, await StatusAsync(id));
        await DieAsync();
    }

    private async Task ReviewedAsync()
    {
        var id = await _desk.InReviewAsync();
        Sure(await _portal.Get<RequestChanges>().ExecuteAsync(_desk.Approver, id, "Say until when the offer holds.", default));
        Sure(await _desk.SubmitAsync(id));
        Sure(await _desk.RewriteAsync(id, "Aurora: come in on Friday. {{ stopLine }}"));
        Sure(await _desk.DryRunAsync(id));
        Sure(await _desk.SubmitAsync(id));
        Sure(await _desk.ApproveAsync(id));
        Sure(await _desk.RewriteAsync(id, "Aurora: come in on Saturday. {{ stopLine }}"));
        await DieAsync();
    }

    private async Task CancelledAsync()
    {
        var changes = await _desk.InReviewAsync();
        Sure(await _portal.Get<RequestChanges>().ExecuteAsync(_desk.Approver, changes, "Say until when the offer holds.", default));
        var sending = await _desk.LaunchedAsync();
        await PlanAsync();
        var paused = await _desk.LaunchedAsync();
        await PauseAsync(paused);
        CampaignId[] all =
        [
            await _desk.SaveAsync(_desk.Draft()), await _desk.InReviewAsync(), changes, await _desk.ApprovedAsync(), await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddDays(2))),
            await _desk.LaunchedAsync(), sending, paused, await _desk.LaunchedAsync(_desk.Draft() with { Repeats = Daily() }),
        ];
        foreach (var id in all)
            Sure(await _portal.Get<CancelCampaign>().ExecuteAsync(_desk.Author, id, "It is not wanted any more.", default));
        await DieAsync();
    }

    private async Task ScheduledAsync()
    {
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(1)));
        await PauseAsync(id);
        await ResumeAsync(id);
        Sure(await _portal.Get<TakeBackCampaign>().ExecuteAsync(_desk.Author, id, "The day is wrong.", default));
        Sure(await _desk.SubmitAsync(id));
        Sure(await _desk.ApproveAsync(id));
        Sure(await _desk.LaunchAsync(id));
        await PauseAsync(id);
        Sure(await _portal.Get<TakeBackCampaign>().ExecuteAsync(_desk.Author, id, "The day is wrong again.", default));
        var later = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(1)));
        await DieAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await PlanAsync();
        Assert.Equal(CampaignStatus.Sending, await StatusAsync(later));
        await DieAsync();
    }

    private async Task RepeatedAsync()
    {
        var (once, stale) = (await _desk.LaunchedAsync(_desk.Draft() with { Repeats = Daily(times: 1) }), await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddDays(1)) with { Repeats = Daily() }));
        var ending = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(2)) with { Repeats = Daily(until: DateOnly.FromDateTime(_portal.Now.UtcDateTime)) });
        await PauseAsync(stale);
        await ResumeAsync(stale);
        await PauseAsync(ending);
        await PlanAsync();
        Assert.Equal(CampaignStatus.Finished, await StatusAsync(once));
        await DieAsync();
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199")), default);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync();
        await ResumeAsync(ending);
        Assert.Equal((CampaignStatus.Draft, CampaignStatus.Finished), (await StatusAsync(stale), await StatusAsync(ending)));
        await DieAsync();
    }

    /// <summary>Before the first text is planned: paused, let go on, and sent back because the audience is another one.</summary>
    private async Task PreparedAsync()
    {
        var id = await _desk.LaunchedAsync();
        await PauseAsync(id);
        await ResumeAsync(id);
        await DieAsync();
        for (var i = 0; i < 4; i++)
            await _portal.ConsentAsync(await _portal.AddPersonAsync($"+1212555{4000 + i}"));
        await PlanAsync();
        Assert.Equal(CampaignStatus.Draft, await StatusAsync(id));
        await DieAsync();
    }

    /// <summary>The successors of all that died since.</summary>
    private async Task DieAsync()
    {
        foreach (var death in _watch.Collect())
            await Successor.GoesOnAsync(death, _portal.Now);
    }

    private Recurrence Daily(int? times = null, DateOnly? until = null) => new(RepeatEvery.Day, WeekDays.None, "America/New_York", until, times, Recurrence.UsualDrift);

    private Task<int> PlanAsync() => _planner.PlanOnceAsync(default);

    private async Task DispatchAsync()
    {
        var dispatcher = Successor.Dispatcher(_portal, _provider);
        while (await dispatcher.DispatchOnceAsync(default) > 0)
        {
        }
    }

    private async Task PauseAsync(CampaignId id) => Sure(await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Look at it again.", default));

    private async Task ResumeAsync(CampaignId id) => Sure(await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default));

    private async Task<CampaignStatus> StatusAsync(CampaignId id) => (await _desk.ViewAsync(id)).Status;

    private static void Sure<T>(Result<T> outcome) => Assert.Null(outcome.Failure);
}
