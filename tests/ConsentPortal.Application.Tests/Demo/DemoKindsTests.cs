using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Demo;

/// <summary>Ten people who have been silent since they agreed, 300 days ago.</summary>
public sealed class DemoKindsTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(10);
        await _desk.ReaderAsync("de", "+447700900124", "GB");
        await _desk.ReaderAsync("en", "+447700900123", "GB");
        _portal.Clock.Advance(TimeSpan.FromDays(300));
        var offers = new DemoPurpose(_portal.Offers, new Dictionary<string, Wording> { ["en"] = _portal.Wording });
        var sent = new DemoSent(_portal.Database, _portal.Get<SubscriberVault>(), _portal.Get<SubjectKeys>(), _portal.Get<PastFactsReader>(), _portal.Clock);
        await new DemoKinds(_portal.Database, sent, _portal.Clock).AddAsync(new DemoShop(offers, offers, offers, offers), _desk.Segment, _desk.Segment, _desk.Author, _desk.Approver, default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_weekly_campaign_has_had_three_runs_and_makes_the_next_tomorrow_by_itself()
    {
        var series = await FindAsync(c => c.RepeatEvery != null);
        Assert.Equal([3, 2, 1], (await _portal.Get<CampaignRuns>().LatestAsync(_desk.Author, series.Id, default)).Select(r => r.Number));
        Assert.Equal((CampaignStatus.Repeating, new DateTimeOffset(_portal.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) + new TimeSpan(17, 30, 0)), (series.Status, series.NextRunAt));

        _portal.Clock.SetUtcNow(series.NextRunAt!.Value);
        using var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await planner.PlanOnceAsync(default);
        await planner.PlanOnceAsync(default);

        var runs = await _portal.Get<CampaignRuns>().LatestAsync(_desk.Author, series.Id, default);
        Assert.Equal((4, 10), (runs[0].Number, runs[0].People));
        Assert.All(runs, run => Assert.Equal(10, run.People));
    }

    [Fact]
    public async Task A_question_to_the_silent_shows_who_came_back_and_who_still_has_time()
    {
        var asking = await FindAsync(c => c.IdleDays != null);

        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, asking.Id, default)).Value;

        Assert.Equal(figures.ByState.GetValueOrDefault(Domain.Messaging.MessageState.Delivered), figures.Reengagement!.CameBack + figures.Reengagement.Waiting);
        Assert.True(figures.Reengagement is { CameBack: > 0, Waiting: > 0 });
    }

    [Fact]
    public async Task A_campaign_in_two_languages_has_figures_for_each()
    {
        var campaign = await FindAsync(c => c.Language != null);

        var languages = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, campaign.Id, default)).Value.Languages;

        Assert.Equal([("de", 1), ("en", 1)], languages.Select(l => (l.Language, l.People)));
    }

    private async Task<Campaign> FindAsync(System.Linq.Expressions.Expression<Func<Campaign, bool>> which)
    {
        await using var db = _portal.Database.Open();
        return await db.Campaigns.AsNoTracking().SingleAsync(which);
    }
}
