using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>A number to which texts fail again and again: what it still gets, who is told, and how the doubt ends.</summary>
public sealed class TrustNumberTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        _person = (await _desk.PeopleAsync(2))[0];
        await DoubtAsync(NumberState.Suspect);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_dry_run_says_whom_a_campaign_leaves_out_for_it()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        await _desk.DryRunAsync(id);

        var run = (await _desk.ViewAsync(id)).DryRun!;
        var reason = Assert.Single(run.Detail.Reasons);
        Assert.Equal((SendReason.SuspectNumber, "P-06", Gate.Number, DecisionKind.Hold, 1), (reason.Reason, reason.Rule, reason.Gate, reason.Kind, reason.Count));
        Assert.Equal(1, run.Allowed);
    }

    [Theory]
    [InlineData(NumberState.Suspect)]
    [InlineData(NumberState.Invalid)]
    public async Task Staff_end_the_doubt_with_a_reason_that_the_trail_keeps(NumberState state)
    {
        await DoubtAsync(state);

        Assert.Null((await TrustAsync("She was on the phone")).Failure);

        await using var db = _portal.Database.Open();
        var person = await db.Subscribers.SingleAsync(s => s.Id == _person);
        Assert.Equal((NumberState.Usable, 0), (person.NumberState, person.SoftStrikes));
        var entry = Assert.Single(await _portal.AuditAsync("number.judged"));
        Assert.Equal(("usable", "She was on the phone"), (entry.GetProperty("after").GetProperty("state").GetString()!.ToLowerInvariant(), entry.GetProperty("reason").GetString()));
        Assert.IsType<NumberNotDoubted>((await TrustAsync("She was on the phone")).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ada Okafor rang")]
    public async Task A_reason_is_needed_that_names_nobody(string reason)
    {
        Assert.NotNull((await TrustAsync(reason)).Failure);
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TrustNumber>().ExecuteAsync(Actor.Nobody, _person, "She was on the phone", default));
        Assert.Empty(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task A_decision_of_the_past_is_explained_by_what_was_known_of_the_number_then()
    {
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Usable)), default);
        var before = await DecidedAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var strike in Enumerable.Range(0, 3))
        {
            var text = await _portal.SendAsync(_person, _portal.Now, MessageState.Accepted);
            await using var db = _portal.Database.Open();
            await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Actor.Provider("vonage"), new DeliveryReceipt($"p-{text}", await db.OutboundMessages.Where(m => m.Id == text).Select(m => m.ClientRef).SingleAsync(),
                DeliveryStatus.Undeliverable, "1250", ProviderErrorClass.SoftStrike, _portal.Now, 1, null, $"k-{text}"), default);
        }

        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var during = await DecidedAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await TrustAsync("She was on the phone");
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await DecidedAsync();

        await using var read = _portal.Database.Open();
        var texts = await read.OutboundMessages.AsNoTracking().Where(m => m.Id == before || m.Id == during || m.Id == after).ToListAsync();
        var facts = await _portal.Get<PastFactsReader>().ReadAsync(read, texts, default);
        Assert.Equal((false, true, false), (facts[before].Facts!.IsNumberSuspect, facts[during].Facts!.IsNumberSuspect, facts[after].Facts!.IsNumberSuspect));
    }

    private Task<Domain.Result<Domain.Done>> TrustAsync(string reason) => _portal.Get<TrustNumber>().ExecuteAsync(_portal.Staff, _person, reason, default);

    private async Task<long> DecidedAsync()
    {
        var text = await _portal.SendAsync(_person, _portal.Now);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.DecidedAt, _portal.Now).SetProperty(x => x.DecisionKind, 1)), default);
        return text;
    }

    private Task<int> DoubtAsync(NumberState state) => _portal.Database.WriteAsync(
        db => db.Subscribers.Where(s => s.Id == _person).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, state).SetProperty(x => x.SoftStrikes, 3), default), default);
}
