using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

public sealed class ExpireConsentsTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task An_implied_consent_that_has_run_out_is_recorded_as_expired_at_its_end()
    {
        var id = await _portal.AddPersonAsync();
        var end = _portal.Now.AddMonths(24);
        var granted = await ImpliedAsync(id, end);

        _portal.Clock.SetUtcNow(end.AddMinutes(14));
        Assert.Equal(0, await RunAsync());
        _portal.Clock.SetUtcNow(end.AddMinutes(15));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());

        await using var db = _portal.Database.Open();
        var e = await db.ConsentEvents.OrderByDescending(e => e.Id).FirstAsync();
        Assert.Equal((ConsentEventKind.Expired, end, _portal.Now, granted.GrantEventId, false, ActorKind.Job), (e.Kind, e.At, e.RecordedAt, e.SupersedesId, e.IsActOfPerson, e.ActorKind));
        var record = await db.ConsentRecords.SingleAsync();
        Assert.Equal((ConsentStatus.Expired, end), (record.Status, record.Since));
        Assert.Equal(ConsentState.From(await db.ConsentEvents.OrderBy(x => x.Id).ToListAsync()), record.State);
        Assert.Equal("expired", (await _portal.AuditAsync("consent.expired")).Single().GetProperty("after").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_consent_without_an_end_and_one_that_was_withdrawn_are_left_alone()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        var gone = await _portal.AddPersonAsync("+12125552399");
        await ImpliedAsync(gone, _portal.Now.AddDays(1));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, gone, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

        _portal.Clock.Advance(TimeSpan.FromDays(900));

        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task A_request_that_nobody_answered_in_48_hours_expires_and_a_later_yes_still_asks_anew()
    {
        await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "JOIN").SetProperty(x => x.NeedsDoubleOptIn, true)), default);
        await ReceiveAsync("JOIN");

        _portal.Clock.Advance(TimeSpan.FromHours(49));
        Assert.Equal(1, await RunAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Expired, (await db.ConsentRecords.AsNoTracking().SingleAsync()).Status);

        await ReceiveAsync("YES");
        Assert.Equal(ConsentStatus.Pending, (await db.ConsentRecords.AsNoTracking().SingleAsync()).Status);
        Assert.Equal(2, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.DoubleOptInPrompt));
        await ReceiveAsync("YES");
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.AsNoTracking().SingleAsync()).Status);
    }

    [Fact]
    public async Task A_yes_to_a_consent_that_has_run_out_asks_nothing()
    {
        await ImpliedAsync(await _portal.AddPersonAsync(), _portal.Now.AddDays(1));
        _portal.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();

        await ReceiveAsync("YES");

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Expired, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task More_than_one_batch_is_recorded_in_one_run()
    {
        var end = _portal.Now.AddDays(1);
        for (var i = 0; i <= ExpireConsents.BatchSize; i++)
            await ImpliedAsync(await _portal.AddPersonAsync($"+1212555{2000 + i}"), end);

        _portal.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(ExpireConsents.BatchSize + 1, await RunAsync());
    }

    private Task<int> RunAsync() => _portal.Get<ExpireConsents>().ExpireAllAsync(default);

    private async Task<ConsentState> ImpliedAsync(SubscriberId id, DateTimeOffset end) => (await _portal.Get<RecordConsent>().ExecuteAsync(
        _portal.Staff, id, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.Staff, ConsentLevel.Implied, new ConsentEvidence(AskedBy: "Till 4"), _portal.Now, IsActOfPerson: true, "Bought at the store", ExpiresAt: end),
        default)).Value;

    private Task ReceiveAsync(string text) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), "+12125552368", "+12025550111", text, _portal.Now, null), default);
}
