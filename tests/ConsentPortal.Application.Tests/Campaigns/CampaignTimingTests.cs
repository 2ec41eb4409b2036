using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>A campaign by each person's own clock, from the draft to the dispatcher's decisions. It is noon in New York.</summary>
public sealed class CampaignTimingTests : IAsyncLifetime
{
    private static readonly SendingHours Afternoon = new(14, 16);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Outside_the_chosen_hours_a_text_waits_for_their_next_opening()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Hours = Afternoon });
        await _desk.Planner().PlanOnceAsync(default);

        Assert.Empty(await _desk.DecideAsync(id));

        Assert.All(await _desk.TextsAsync(id), text => Assert.Equal(
            (MessageState.Deferred, PeoplePortal.Noon.AddHours(2), nameof(SendReason.CampaignHours), "P-05"), (text.State, text.DueAt, text.Reason!, text.Rule!)));
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, (await _desk.DecideAsync(id)).Count);
    }

    [Fact]
    public async Task Hours_that_open_only_after_the_last_moment_send_nothing()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Hours = Afternoon });
        await _desk.Planner().PlanOnceAsync(default);
        await _portal.Database.WriteAsync(
            async db =>
            {
                foreach (var text in db.OutboundMessages)
                    text.NotAfter = PeoplePortal.Noon.AddHours(1);
                await db.SaveChangesAsync();
            },
            default);

        Assert.Empty(await _desk.DecideAsync(id));

        Assert.Equal((MessageState.Skipped, nameof(SendReason.PastNotAfter)), Assert.Single((await _desk.TextsAsync(id)).Select(t => (t.State, t.Reason!))));
    }

    [Fact]
    public async Task A_start_by_each_clock_is_planned_for_the_first_on_earth_and_comes_to_each_at_its_own_hour()
    {
        await _desk.PeopleAsync(1);
        var wallClock = new DateTime(2026, 11, 25, 10, 0, 0);
        var draft = _desk.Draft(start: SendTiming.FirstInstantOf(wallClock)) with { StartsLocally = true, Hours = new SendingHours(9, 18) };

        var id = await _desk.LaunchedAsync(draft);
        var view = await _desk.ViewAsync(id);
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        await _desk.Planner().PlanOnceAsync(default);

        var tenInNewYork = new DateTimeOffset(2026, 11, 25, 15, 0, 0, TimeSpan.Zero);
        Assert.Equal(wallClock, view.Timing!.StartsAt);
        Assert.Equal((0, 1), (view.DryRun!.Allowed, view.DryRun.Deferred));
        Assert.Equal(SendReason.LocalStart, Assert.Single(view.DryRun.Detail.Reasons).Reason);
        Assert.Equal(new DryRunHour(tenInNewYork, 1), Assert.Single(view.DryRun.Detail.Hours));
        Assert.Empty(await _desk.DecideAsync(id));
        Assert.Equal(tenInNewYork, Assert.Single(await _desk.TextsAsync(id)).DueAt);
    }

    [Fact]
    public async Task The_approval_covers_the_clock_and_is_taken_back_when_it_changes()
    {
        await _desk.PeopleAsync(1);
        var draft = _desk.Draft() with { Hours = new SendingHours(9, 18) };
        var id = await _desk.ApprovedAsync(draft);
        var before = await _desk.ViewAsync(id);

        Assert.True((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, draft with { Id = id, Version = before.Version, Hours = new SendingHours(9, 19) }, default)).IsSuccess);

        var after = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, SaveCampaign.VoidedBecause), (after.Status, after.StatusReason));
        Assert.NotEqual(before.ContentHash, after.ContentHash);
        Assert.Equal(
            new ContentChange("By each person's clock", "Only from 09:00 to 18:00 where each person is", "Only from 09:00 to 19:00 where each person is"), Assert.Single(after.SinceApproval!));
        Assert.True((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, draft with { Id = id, Version = after.Version, StartsLocally = true }, default)).IsSuccess);
        Assert.DoesNotContain((await _desk.ViewAsync(id)).ContentHash, new[] { before.ContentHash, after.ContentHash });
    }

    [Theory]
    [InlineData(18, 9)]
    [InlineData(9, 9)]
    [InlineData(-1, 9)]
    [InlineData(9, 25)]
    public async Task Hours_that_no_day_has_are_refused(int from, int to) =>
        Assert.Equal("Hours", Assert.IsType<FieldRefused>((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, _desk.Draft() with { Hours = new SendingHours(from, to) }, default)).Failure).Field);

    [Fact]
    public async Task A_campaign_that_repeats_starts_at_one_instant_and_hands_its_hours_to_its_runs()
    {
        await _desk.PeopleAsync(1);
        var draft = _desk.Draft() with { Hours = Afternoon, Repeats = new Recurrence(RepeatEvery.Day, WeekDays.None, "America/New_York", null, null, 20) };

        Assert.Equal("StartsLocally", Assert.IsType<FieldRefused>((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, draft with { StartsLocally = true }, default)).Failure).Field);
        var id = await _desk.LaunchedAsync(draft);
        await _desk.Planner().PlanOnceAsync(default);

        await using var db = _portal.Database.Open();
        Assert.Equal(Afternoon, db.Campaigns.Single(c => c.SeriesId == id).Hours);
    }
}
