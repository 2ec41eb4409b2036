using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>The pace of a campaign, its last moment, and the limits that stop it.</summary>
public sealed class CampaignLimitsTests : IAsyncLifetime
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
    public async Task What_waits_at_the_last_moment_ends_with_its_own_reason()
    {
        await _desk.PeopleAsync(3);
        var id = await _desk.LaunchedAsync(_desk.Draft(notAfter: _portal.Now.AddHours(1)));
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await SetAsync(id, 1, MessageState.Delivered);
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        await planner.PlanOnceAsync(default);

        Assert.Equal(2, (await _desk.TextsAsync(id)).Count(t => t is { State: MessageState.Skipped, Reason: nameof(SendReason.PastNotAfter), FinalAt: not null }));
        Assert.Equal(CampaignStatus.Finished, (await _desk.ViewAsync(id)).Status);
        Assert.Single(await _portal.AuditAsync("campaign.tooLate"));
    }

    [Fact]
    public async Task Too_many_failures_pause_the_campaign_with_a_sentence_and_an_audit_entry()
    {
        await _desk.PeopleAsync(24);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { FailureLimit = 10, LimitsFrom = 20 });
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await SetAsync(id, 17, MessageState.Delivered);
        await SetAsync(id, 3, MessageState.Failed);

        await _desk.CheckLimitsAsync();

        var view = await _desk.ViewAsync(id);
        Assert.Equal(CampaignStatus.Paused, view.Status);
        Assert.StartsWith("Paused by itself: 3 of 20 (15 %) failed, and the limit is 10 %.", view.StatusReason);
        Assert.Single(await _portal.AuditAsync("campaign.pausedByLimit"));
    }

    [Fact]
    public async Task After_a_person_let_it_go_on_the_limits_count_afresh()
    {
        await _desk.PeopleAsync(24);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { FailureLimit = 10, LimitsFrom = 20 });
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await SetAsync(id, 20, MessageState.Failed);
        await _desk.CheckLimitsAsync();
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(id)).Status);
        await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default);

        await _desk.CheckLimitsAsync();

        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task The_queue_gives_a_paced_campaign_no_more_than_its_room()
    {
        await _desk.PeopleAsync(9);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { TextsPerMinute = 60 });
        await _desk.Planner().PlanOnceAsync(default);
        var queue = new DispatchQueue(_portal.Database, _portal.Clock);
        await AnswersGoneAsync();

        Assert.Single(await queue.NextAsync(64, default));
        await _portal.Database.WriteAsync(
            db => db.Campaigns.Where(c => c.Id == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.NextTextAt, _portal.Now.AddSeconds(1))), default);
        Assert.Empty(await queue.NextAsync(64, default));
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await queue.NextAsync(64, default));
    }

    [Fact]
    public async Task The_dry_run_spreads_texts_at_the_pace_and_counts_what_would_come_too_late()
    {
        await _desk.PeopleAsync(9);
        var id = await _desk.SaveAsync(_desk.Draft(start: _portal.Now.AddMinutes(58), notAfter: _portal.Now.AddMinutes(62)) with { TextsPerMinute = 2 });
        await _desk.DryRunAsync(id);

        var detail = (await _desk.ViewAsync(id)).DryRun!.Detail;

        Assert.Equal([new DryRunHour(PeoplePortal.Noon, 4), new DryRunHour(PeoplePortal.Noon.AddHours(1), 4)], detail.Hours);
        Assert.Equal(1, detail.TooSlow);
    }

    private Task<int> AnswersGoneAsync() => _portal.Database.WriteAsync(
        db => db.OutboundMessages.Where(m => m.Kind != MessageKind.Campaign).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Delivered)), default);

    private Task SetAsync(CampaignId id, int count, MessageState state) => _portal.Database.WriteAsync(
        async db =>
        {
            foreach (var text in await db.OutboundMessages.Where(m => m.CampaignId == id && m.State == MessageState.Planned).OrderBy(m => m.Id).Take(count).ToListAsync())
                (text.State, text.SentAt, text.DecidedAt) = (state, _portal.Now, _portal.Now);
        },
        default);
}
