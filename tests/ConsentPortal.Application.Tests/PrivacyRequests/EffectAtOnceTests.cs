using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>A stop that comes as a request takes effect when it is entered; its completion is the answer.</summary>
public sealed class EffectAtOnceTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_person);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [Trait("Rule", "EU-16")]
    [InlineData(PrivacyRequestKind.Objection, SuppressionScope.Marketing)]
    [InlineData(PrivacyRequestKind.Withdrawal, SuppressionScope.All)]
    public async Task A_stop_takes_effect_with_its_entry_and_once(PrivacyRequestKind kind, SuppressionScope scope)
    {
        var id = await _desk.ReceiveAsync(_person, kind);

        await IsStoppedAsync(scope);
        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "Told by phone", default)).Failure);
        await IsStoppedAsync(scope);
        Assert.Single(await _portal.AuditAsync("consent.withdrawn"));
    }

    [Fact]
    public async Task A_stop_names_the_way_by_which_it_came()
    {
        await _desk.ReceiveAsync(_person, PrivacyRequestKind.Objection);
        await _portal.Get<AskAboutData>().ExecuteAsync(Actor.Subscriber("data-request", null), new AskedAboutData(new PhoneNumber("+12125552368", "US"), PrivacyRequestKind.Withdrawal, null), default);

        await using var db = _portal.Database.Open();
        Assert.Equal([SuppressionSource.Staff, SuppressionSource.WebForm], await db.Suppressions.OrderBy(s => s.Id).Select(s => s.Source).ToListAsync());
        Assert.All(await db.Suppressions.ToListAsync(), s => Assert.True(s.IsActOfPerson));
        Assert.Equal(ConsentChannel.Staff, (await db.ConsentEvents.SingleAsync(e => e.Kind == ConsentEventKind.Withdrawn)).Channel);
    }

    [Fact]
    public async Task Whoever_came_back_and_asks_again_while_it_is_open_is_stopped_again()
    {
        var ask = _portal.Get<AskAboutData>();
        var asked = new AskedAboutData(new PhoneNumber("+12125552368", "US"), PrivacyRequestKind.Withdrawal, null);
        await ask.ExecuteAsync(Actor.Subscriber("data-request", null), asked, default);
        await ask.ExecuteAsync(Actor.Subscriber("data-request", null), asked, default);
        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.Suppressions.CountAsync());
        await _portal.Database.WriteAsync(d => d.Suppressions.ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, _portal.Now)), default);
        await _portal.ConsentAsync(_person);

        await ask.ExecuteAsync(Actor.Subscriber("data-request", null), asked, default);

        Assert.Equal(1, await db.PrivacyRequests.CountAsync());
        Assert.Equal(1, await db.Suppressions.CountAsync(s => s.LiftedAt == null && s.Scope == SuppressionScope.All));
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.AsNoTracking().SingleAsync()).Status);
    }

    [Theory]
    [InlineData(ActorKind.ApiKey, SuppressionSource.Api, ConsentChannel.Api)]
    [InlineData(ActorKind.Subscriber, SuppressionSource.WebForm, ConsentChannel.WebForm)]
    public async Task A_request_of_an_earlier_release_stops_by_the_way_by_which_it_had_come(ActorKind by, SuppressionSource source, ConsentChannel channel)
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Withdrawal);
        await _portal.Database.WriteAsync(
            async db =>
            {
                await db.PrivacyRequestEntries.ExecuteDeleteAsync();
                await db.Suppressions.ExecuteDeleteAsync();
                await db.ConsentRecords.ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, ConsentStatus.Granted));
                await db.ConsentEvents.Where(e => e.Kind == ConsentEventKind.Withdrawn).ExecuteDeleteAsync();
                await db.PrivacyRequests.ExecuteUpdateAsync(r => r.SetProperty(x => x.Source, by == ActorKind.ApiKey ? "API" : "Web form"));
            },
            default);

        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "Told by phone", default)).Failure);

        await using var db = _portal.Database.Open();
        Assert.Equal(source, (await db.Suppressions.SingleAsync()).Source);
        Assert.Equal(channel, (await db.ConsentEvents.SingleAsync(e => e.Kind == ConsentEventKind.Withdrawn)).Channel);
    }

    [Fact]
    public async Task Cancelling_the_request_leaves_the_stop_in_force()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Withdrawal);

        Assert.Null((await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, id, "Entered by mistake", default)).Failure);

        await IsStoppedAsync(SuppressionScope.All);
    }

    [Fact]
    public async Task Somebody_who_came_back_meanwhile_is_not_stopped_by_the_answer()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Objection);
        await _portal.Database.WriteAsync(db => db.Suppressions.ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, _portal.Now)), default);

        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "Told by phone", default)).Failure);

        await using var db = _portal.Database.Open();
        Assert.NotNull((await db.Suppressions.SingleAsync()).LiftedAt);
    }

    [Fact]
    public async Task A_request_of_an_earlier_release_is_carried_out_by_its_completion()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.OptOutOfSale);
        await _portal.Database.WriteAsync(
            async db =>
            {
                await db.PrivacyRequestEntries.ExecuteDeleteAsync();
                await db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.SharingOptOutAt, (DateTimeOffset?)null));
            },
            default);

        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "Told by phone", default)).Failure);

        await using var db = _portal.Database.Open();
        Assert.NotNull((await db.Subscribers.SingleAsync()).SharingOptOutAt);
    }

    [Fact]
    [Trait("Rule", "CA-04")]
    public async Task An_opt_out_of_sale_marks_the_person_with_its_entry_and_the_first_day_counts()
    {
        await _desk.ReceiveAsync(_person, PrivacyRequestKind.OptOutOfSale);
        var first = await SharingAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        await _portal.Get<EndSharing>().ExecuteAsync(Actor.Subscriber(_person.ToString(), null), _person, SharingSignal.Button, default);

        Assert.Equal(PeoplePortal.Noon, first);
        Assert.Equal(first, await SharingAsync());
        Assert.Single(await _portal.AuditAsync("sharing.optedOut"));
    }

    [Fact]
    public async Task The_opt_out_of_the_preference_page_stands_once_in_the_register_and_is_answered()
    {
        var self = Actor.Subscriber(_person.ToString(), null);
        foreach (var signal in new[] { SharingSignal.GlobalPrivacyControl, SharingSignal.Button })
            Assert.Null((await _portal.Get<EndSharing>().ExecuteAsync(self, _person, signal, default)).Failure);

        await using var db = _portal.Database.Open();
        var request = await db.PrivacyRequests.SingleAsync();
        Assert.Equal((PrivacyRequestKind.OptOutOfSale, PrivacyRequestStatus.Completed, "Preference page"), (request.Kind, request.Status, request.Source));
        Assert.Equal(PrivacyRegime.Ccpa, request.Regime);
        Assert.NotNull(await SharingAsync());
    }

    [Fact]
    public async Task The_entry_waits_for_the_text_that_is_being_handed_over()
    {
        var gate = _portal.Get<SendingGate>();
        gate.Enter(_person);
        Assert.True(gate.TryPass(_person));

        var received = _desk.ReceiveAsync(_person, PrivacyRequestKind.Objection);
        await Task.Delay(200);
        Assert.False(received.IsCompleted);
        gate.Leave(_person);

        await received;
    }

    private async Task IsStoppedAsync(SuppressionScope scope)
    {
        await using var db = _portal.Database.Open();
        var stop = await db.Suppressions.SingleAsync();
        Assert.Equal((scope, null), (stop.Scope, stop.LiftedAt));
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.DoesNotContain(await db.OutboundMessages.Select(m => m.State).ToListAsync(), state => state == MessageState.Planned && scope == SuppressionScope.All);
    }

    private async Task<DateTimeOffset?> SharingAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.Subscribers.AsNoTracking().SingleAsync()).SharingOptOutAt;
    }
}
