using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class ReengagementTests : IAsyncLifetime
{
    private static readonly Reengagement Asking = new(60, 14, SilenceOutcome.EndConsent);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private SubscriberId _silent;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        _silent = (await _desk.PeopleAsync(1))[0];
        _portal.Clock.Advance(TimeSpan.FromDays(90));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Only_those_are_asked_who_have_been_silent_and_consented_for_as_long()
    {
        var lively = await _portal.AddPersonAsync("+12125554001");
        await _portal.ConsentAsync(lively);
        await EngageAsync(lively);
        await _portal.AddPersonAsync("+12125554002");

        var id = await LaunchedAsync(Asking);

        Assert.Equal([_silent], (await _desk.TextsAsync(id)).Select(t => t.SubscriberId));
        Assert.Equal(1, (await _desk.ViewAsync(id)).DryRun!.Audience);
    }

    [Fact]
    public async Task Who_does_not_react_in_time_loses_the_consent_as_was_approved()
    {
        var id = await ArrivedAsync(Asking);

        await PassAsync(13);
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        Assert.Equal(new ReengagementFigures(0, 1, 0, 0), await FiguresAsync(id));

        await PassAsync(2);
        Assert.Equal(ConsentStatus.Expired, await StatusAsync());
        Assert.Equal(new ReengagementFigures(0, 0, 1, 0), await FiguresAsync(id));
        Assert.Single(await _portal.AuditAsync("consent.expired"));
    }

    [Fact]
    public async Task Any_sign_of_life_keeps_the_consent()
    {
        var id = await ArrivedAsync(Asking);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await EngageAsync(_silent);
        Assert.Equal(new ReengagementFigures(1, 0, 0, 0), await FiguresAsync(id));

        await PassAsync(15);

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        Assert.Equal(new ReengagementFigures(1, 0, 0, 0), await FiguresAsync(id));
    }

    [Fact]
    public async Task Whom_the_text_did_not_reach_keeps_the_consent()
    {
        await LaunchedAsync(Asking);
        await MarkAsync(MessageState.Failed);

        await PassAsync(15);

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
    }

    [Fact]
    public async Task The_author_can_choose_that_the_silent_are_texted_less_often()
    {
        var id = await ArrivedAsync(Asking with { Outcome = SilenceOutcome.TextSeldom });

        await PassAsync(15);

        await using var db = _portal.Database.Open();
        Assert.Equal(FrequencyPreference.Monthly, await db.Subscribers.Where(s => s.Id == _silent).Select(s => s.Frequency).SingleAsync());
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        Assert.Equal(new ReengagementFigures(0, 0, 0, 1), await FiguresAsync(id));
    }

    [Fact]
    public async Task Another_outcome_needs_another_approval()
    {
        var id = await _desk.ApprovedAsync(_desk.Draft() with { Reengages = Asking });
        var view = await _desk.ViewAsync(id);

        await _desk.SaveAsync(_desk.Draft() with { Id = id, Version = view.Version, StartAt = view.StartAt, Reengages = Asking with { AnswerDays = 3 } });

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    private async Task<CampaignId> ArrivedAsync(Reengagement asking)
    {
        var id = await LaunchedAsync(asking);
        await MarkAsync(MessageState.Delivered);
        return id;
    }

    private async Task<CampaignId> LaunchedAsync(Reengagement asking)
    {
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Reengages = asking });
        await PlanAsync();
        return id;
    }

    private Task<int> MarkAsync(MessageState state) => _portal.Database.WriteAsync(
        db => db.OutboundMessages.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state).SetProperty(x => x.SentAt, _portal.Now).SetProperty(x => x.FinalAt, _portal.Now)), default);

    private Task<int> EngageAsync(SubscriberId id) => _portal.Database.WriteAsync(
        db => db.Subscribers.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastEngagedAt, _portal.Now)), default);

    private async Task PassAsync(int days)
    {
        _portal.Clock.Advance(TimeSpan.FromDays(days));
        await PlanAsync();
    }

    private async Task PlanAsync()
    {
        using var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
    }

    private async Task<ConsentStatus> StatusAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.ConsentRecords.Where(r => r.SubscriberId == _silent).Select(r => r.Status).SingleAsync();
    }

    private async Task<ReengagementFigures?> FiguresAsync(CampaignId id) => (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Reengagement;
}
