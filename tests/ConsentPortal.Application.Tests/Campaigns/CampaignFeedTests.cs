using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class CampaignFeedTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignId _campaign;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(2);
        _campaign = await _desk.LaunchedAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_is_committed_reaches_everybody_who_looks()
    {
        await using var first = Follow();
        await using var second = Follow();
        var (one, other) = (first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask());

        using (var planner = _desk.Planner())
            await planner.PlanOnceAsync(default);
        _portal.Clock.Advance(CampaignFeed.Pause);

        Assert.True(await one.WaitAsync(Patience) && await other.WaitAsync(Patience));
        Assert.Equal(2, first.Current.Figures.Texts);
        Assert.Same(first.Current, second.Current);
    }

    [Fact]
    public async Task While_nothing_is_committed_nothing_is_read_until_the_silence_is_long()
    {
        await using var viewer = Follow();
        var next = viewer.MoveNextAsync().AsTask();

        for (var passed = CampaignFeed.Pause; passed < CampaignFeed.LongestSilence; passed += CampaignFeed.Pause)
            _portal.Clock.Advance(CampaignFeed.Pause);
        Assert.False(next.IsCompleted);

        // By another process, as far as this one can tell.
        await using (var db = _portal.Database.Open())
            await db.Campaigns.ExecuteUpdateAsync(c => c.SetProperty(x => x.Name, "Another name"));
        for (var i = 0; i < 20 && !next.IsCompleted; i++)
        {
            _portal.Clock.Advance(CampaignFeed.Pause);
            await Task.WhenAny(next, Task.Delay(50));
        }

        Assert.True(await next.WaitAsync(Patience));
    }

    private IAsyncEnumerator<CampaignNews> Follow() => _portal.Get<CampaignFeed>().FollowAsync(_desk.Author, _campaign, default).GetAsyncEnumerator();
}
