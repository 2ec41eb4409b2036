using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>What stops when receipts and refusals say that settings, registration or account are at fault.</summary>
public sealed class SettingsAtFaultTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignId _campaign;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_campaign_pauses_at_the_tenth_text_that_fails_because_of_our_settings()
    {
        var texts = await SentAsync(12);
        await FailAsync(texts.Take(9));
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);

        await FailAsync(texts.Skip(9));

        var view = await _desk.ViewAsync(_campaign);
        Assert.Equal(CampaignStatus.Paused, view.Status);
        Assert.StartsWith("The provider refuses its texts: sender not allowed, code 1120.", view.StatusReason);
        Assert.Single(await _portal.AuditAsync("campaign.pausedByRefusals"));
        var attention = await new AttentionList(_portal.Database, _portal.Get<Application.Reports.Kept.KeptReports>(), _portal.Clock).GetAsync(_desk.Author, default);
        Assert.Equal(view.StatusReason, Assert.Single(attention, a => a.Kind == AttentionKind.CampaignsRefused).Sentence);
    }

    [Theory]
    [InlineData("1120", ProviderErrorClass.Configuration)]
    [InlineData("1150", null)]
    public async Task Refusals_at_once_pause_it_as_well(string code, ProviderErrorClass? errorClass)
    {
        var texts = await SentAsync(10);
        var outcomes = new DispatchOutcomes(_portal.Database, _portal.Get<SendingGate>(), Options.Create(new DispatchOptions()), _portal.Clock);

        await outcomes.CommitAsync([.. texts.Select(text => (Allowed(text), (SendOutcome)new SendOutcome.Rejected(IsPermanent: true, code, errorClass, "Refused.", [])))], default);

        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(_campaign)).Status);
        Assert.All(await _desk.TextsAsync(_campaign), text => Assert.Equal((MessageState.Failed, code), (text.State, text.ErrorCode)));
    }

    [Fact]
    public async Task Other_failures_and_failures_among_many_deliveries_pause_nothing()
    {
        var texts = await SentAsync(70);
        await FailAsync(texts.Take(10), "1260", ProviderErrorClass.SoftStrike);
        // Ten among more than fifty: a country that is refused, and not the campaign.
        await SetAsync(texts.Skip(17).Take(41), MessageState.Delivered);
        await FailAsync([.. texts.Skip(10).Take(7), .. texts.Skip(58).Take(3)]);
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);

        // Ten in a row are the campaign, whatever was delivered before.
        await FailAsync(texts.Skip(61).Take(7));
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Once_a_person_has_let_it_go_on_it_counts_afresh()
    {
        var texts = await SentAsync(25);
        await FailAsync(texts.Take(10));
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, _campaign, default)).Failure);

        // These had left before it was put right.
        await FailAsync(texts.Skip(10).Take(5));
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);

        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await SetAsync(texts.Skip(15), MessageState.Accepted);
        await FailAsync(texts.Skip(15));
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Receipts_that_blame_the_account_stop_all_sending_until_a_person_says_so()
    {
        var texts = await SentAsync(12);

        await FailAsync(texts.Take(10), "1070", ProviderErrorClass.Account, "no credit left");

        var stop = await StopAsync();
        Assert.Equal((true, "1070"), (stop!.IsHeld, stop.Code));
        Assert.Contains("no credit left, code 1070", stop.Sentence, StringComparison.Ordinal);
        // A text that was on its way is taken meanwhile, and proves nothing.
        await Notice().NoteAsync([new SendOutcome.Accepted(["m"], null)], default);
        await Notice().NoteAsync([new SendOutcome.Stopped(StopCause.Credentials, "http-401", "Refused.")], default);
        Assert.True((await StopAsync())!.IsHeld);

        await Assert.ThrowsAsync<NotPermitted>(() => Again().ExecuteAsync(Actor.Nobody, "Topped up", default));
        Assert.NotNull((await Again().ExecuteAsync(_portal.Staff, " ", default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await Again().ExecuteAsync(_portal.Staff, "Topped up", default)).Failure);

        Assert.Null(await StopAsync());
        Assert.IsType<SendingNotHeld>((await Again().ExecuteAsync(_portal.Staff, "Topped up", default)).Failure);
        // What failed before is held against it no more.
        await FailAsync(texts.Skip(10), "1070", ProviderErrorClass.Account);
        Assert.Null(await StopAsync());
    }

    [Fact]
    public async Task Failures_with_different_codes_are_not_one_fault()
    {
        var texts = await SentAsync(14);

        await FailAsync(texts.Take(7));
        await FailAsync(texts.Skip(7), "1150");

        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Only_the_latest_failures_are_looked_at()
    {
        var texts = await SentAsync(22);
        await FailAsync(texts.Take(9));
        await FailAsync(texts.Skip(9).Take(12), "1260", ProviderErrorClass.SoftStrike);

        await FailAsync(texts.Skip(21));

        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Failures_of_an_hour_ago_were_of_other_settings()
    {
        var texts = await SentAsync(10);
        await FailAsync(texts.Take(9));
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        await SetAsync(texts.Skip(9), MessageState.Accepted);

        await FailAsync(texts.Skip(9));

        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task A_campaign_that_is_still_being_planned_pauses_too()
    {
        var texts = await SentAsync(10);
        await _portal.Database.WriteAsync(db => db.Campaigns.Where(c => c.Id == _campaign).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CampaignStatus.Preparing)), default);

        await FailAsync(texts);

        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Sending_is_stopped_once_however_many_receipts_blame_the_account()
    {
        await FailAsync(await SentAsync(13), "1070", ProviderErrorClass.Account);

        Assert.Single(await _portal.AuditAsync("sending.stopped"));
    }

    [Fact]
    public async Task The_account_is_not_blamed_for_failures_of_an_hour_ago()
    {
        var texts = await SentAsync(10);
        await FailAsync(texts.Take(9), "1070", ProviderErrorClass.Account);
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        await SetAsync(texts.Skip(9), MessageState.Accepted);

        await FailAsync(texts.Skip(9), "1070", ProviderErrorClass.Account);

        Assert.Null(await StopAsync());
    }

    private SendingStopNotice Notice() => new(_portal.Database, _portal.Clock);

    private SendAgain Again() => new(_portal.Database, _portal.Clock);

    private Task<SendingStop?> StopAsync() => Notice().FindAsync(_portal.Staff, default);

    private async Task<IReadOnlyList<OutboundMessage>> SentAsync(int count)
    {
        await _desk.PeopleAsync(count);
        _campaign = await _desk.LaunchedAsync();
        await _desk.Planner(100).PlanOnceAsync(default);
        var texts = await _desk.TextsAsync(_campaign);
        await SetAsync(texts, MessageState.Sending);
        return await _desk.TextsAsync(_campaign);
    }

    private Task<int> SetAsync(IEnumerable<OutboundMessage> texts, MessageState state)
    {
        var ids = texts.Select(t => t.Id).ToList();
        return _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, state).SetProperty(x => x.SentAt, _portal.Now).SetProperty(x => x.SendingBy, "me").SetProperty(x => x.Attempts, 1), default),
            default);
    }

    private async Task FailAsync(IEnumerable<OutboundMessage> texts, string code = "1120", ProviderErrorClass errorClass = ProviderErrorClass.Configuration, string? meaning = "sender not allowed")
    {
        foreach (var text in texts)
            await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
                Actor.Provider("vonage"), new DeliveryReceipt($"p-{text.Id}", text.ClientRef, DeliveryStatus.Rejected, code, errorClass, _portal.Now, 1, null, $"k-{text.Id}") { ErrorMeaning = meaning }, default);
    }

    private AllowedText Allowed(OutboundMessage text) => new(
        text.Id, text.SubscriberId, new SendGround(_portal.Offers, RestsOnConsent: true, Stop: null, IsRestricted: false, default), new OutgoingText(text.ClientRef, "+12125552368", "+12025550111", "Hello", IsUnicode: false), "me", 1, HandOverTime.Of(TimeSpan.FromMinutes(1), _portal.Clock));
}
