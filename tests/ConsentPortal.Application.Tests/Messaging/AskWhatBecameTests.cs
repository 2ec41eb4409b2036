using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>A campaign whose texts the provider took two hours ago; its webhooks never came.</summary>
public sealed class AskWhatBecameTests : IAsyncLifetime
{
    private const int People = 22;

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignId _campaign;

    private ForgetfulProvider Provider => (ForgetfulProvider)_portal.Get<ISmsGateway>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(People);
        _campaign = await _desk.LaunchedAsync();
        using var planner = _desk.Planner(100);
        await planner.PlanOnceAsync(default);
        foreach (var text in await _desk.TextsAsync(_campaign))
            await _portal.Database.WriteAsync(
                db => db.OutboundMessages.Where(m => m.Id == text.Id).ExecuteUpdateAsync(m => m
                    .SetProperty(x => x.State, MessageState.Accepted).SetProperty(x => x.SentAt, _portal.Now).SetProperty(x => x.ProviderMessageId, $"p-{text.Id}").SetProperty(x => x.Parts, 1), default),
                default);
        _portal.Clock.Advance(TimeSpan.FromHours(2));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_the_records_know_by_the_providers_own_ids_counts_like_a_receipt()
    {
        var texts = await _desk.TextsAsync(_campaign);
        Provider.Records = [Record(texts[0], DeliveryStatus.Delivered), Record(texts[21], DeliveryStatus.Undeliverable, "1190", ProviderErrorClass.PermanentNumber)];
        Assert.Equal(People, await Ask().CountAsync(_desk.Author, _campaign, default));

        var found = (await AskAsync()).Value;

        Assert.Equal(new BecameKnown(People, 2, People - 2), found);
        Assert.Equal([20, 2], Provider.AskedById);
        texts = await _desk.TextsAsync(_campaign);
        Assert.Equal((MessageState.Delivered, MessageState.Accepted, MessageState.Failed), (texts[0].State, texts[1].State, texts[21].State));
        await using var db = _portal.Database.Open();
        Assert.Equal(Domain.Subscribers.NumberState.Invalid, (await db.Subscribers.SingleAsync(s => s.Id == texts[21].SubscriberId)).NumberState);
        Assert.Equal(2, Assert.Single(await _portal.AuditAsync("text.recordsAsked")).GetProperty("after").GetProperty("known").GetInt32());
    }

    [Fact]
    public async Task A_text_of_which_the_records_know_no_end_is_not_asked_about_again_at_once()
    {
        Provider.Records = [.. (await _desk.TextsAsync(_campaign)).Select(t => Record(t, DeliveryStatus.Submitted))];
        await AskAsync();

        Assert.IsType<NothingToAsk>((await AskAsync()).Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(People, (await AskAsync()).Value.Asked);
    }

    [Fact]
    public async Task Nobody_is_asked_while_receipts_may_still_come_or_nothing_answers()
    {
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(m => m.SetProperty(x => x.SentAt, _portal.Now.AddMinutes(-59))), default);
        Assert.IsType<NothingToAsk>((await AskAsync()).Failure);
        Assert.Empty(Provider.AskedById);

        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Provider.Records = null;
        Assert.IsType<ProviderDidNotAnswer>((await AskAsync()).Failure);
        Assert.Equal([20], Provider.AskedById);
    }

    [Fact]
    public async Task It_takes_an_account_and_the_permission_to_send()
    {
        var reader = await _portal.AddStaffAsync("Otto", [Permissions.ViewCampaigns]);
        await Assert.ThrowsAsync<NotPermitted>(() => Ask().ExecuteAsync(reader, _campaign, default));
        await Assert.ThrowsAsync<NotPermitted>(() => Ask().CountAsync(Actor.Nobody, _campaign, default));
        Provider.HasAccount = false;

        Assert.IsType<NoAccountForRecords>((await AskAsync()).Failure);
    }

    private AskWhatBecame Ask() => _portal.Get<AskWhatBecame>();

    private Task<Result<BecameKnown>> AskAsync() => Ask().ExecuteAsync(_desk.Author, _campaign, default);

    private static ProviderRecord Record(OutboundMessage text, DeliveryStatus status, string? code = null, ProviderErrorClass? errorClass = null) =>
        new(text.ProviderMessageId!, text.ClientRef, status, code, null, null) { ErrorClass = errorClass };
}
