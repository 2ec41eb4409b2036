using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

/// <summary>Somebody whose consent is implied by a purchase agrees in writing as well.</summary>
public sealed class StrongerConsentTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
        await RecordAsync(ConsentLevel.Implied, ConsentChannel.Staff, _portal.Now.AddMonths(24));
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Written_consent_over_an_implied_one_decides_and_has_no_end()
    {
        await RecordAsync(ConsentLevel.ExpressWritten, ConsentChannel.WebForm, null);

        await IsFoldAsync(ConsentLevel.ExpressWritten, isOfLatest: true);
    }

    [Fact]
    public async Task An_implied_consent_over_a_written_one_is_kept_and_decides_nothing()
    {
        await RecordAsync(ConsentLevel.ExpressWritten, ConsentChannel.WebForm, null);
        await RecordAsync(ConsentLevel.Implied, ConsentChannel.Staff, _portal.Now.AddMonths(24));

        await IsFoldAsync(ConsentLevel.ExpressWritten, isOfLatest: false);
    }

    [Fact]
    public async Task The_form_asks_the_number_while_the_implied_consent_goes_on_and_the_yes_makes_the_written_one_decide()
    {
        await JoinAsync();
        await JoinAsync();
        Assert.Equal((ConsentStatus.Granted, ConsentLevel.Implied), await StandingAsync());
        await using (var db = _portal.Database.Open())
            Assert.Equal(1, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.DoubleOptInPrompt));

        await ReceiveAsync("YES");

        await IsFoldAsync(ConsentLevel.ExpressWritten, isOfLatest: true);
        await using var after = _portal.Database.Open();
        Assert.Equal(DoubleOptIn.Sms, (await after.ConsentRecords.SingleAsync()).DoubleOptInBy);
    }

    [Fact]
    public async Task A_yes_after_the_time_of_the_prompt_leaves_the_implied_consent_as_it_is()
    {
        await JoinAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(48));

        await ReceiveAsync("YES");

        Assert.Equal((ConsentStatus.Granted, ConsentLevel.Implied), await StandingAsync());
    }

    [Fact]
    public async Task A_stop_between_prompt_and_yes_ends_the_implied_consent_and_the_yes_confirms_nothing()
    {
        await JoinAsync();
        await ReceiveAsync("STOP");

        await ReceiveAsync("YES");

        Assert.Equal(ConsentStatus.Withdrawn, (await StandingAsync()).Status);
    }

    private async Task RecordAsync(ConsentLevel level, ConsentChannel channel, DateTimeOffset? end) => Assert.True((await _portal.Get<RecordConsent>().ExecuteAsync(
        _portal.Staff, _person, new GivenConsent(_portal.Offers.Id, _portal.Wording.Id, channel, level, new ConsentEvidence(), _portal.Now, IsActOfPerson: true, "At the store", ExpiresAt: end), default)).IsSuccess);

    private async Task JoinAsync() => await _portal.Get<JoinByForm>().ExecuteAsync(
        Actor.Subscriber("web-form", null), new JoinWish(_portal.Offers.Id, _portal.Wording.Id, new PhoneNumber("+12125552368", "US"), null, "en", new ConsentEvidence()), default);

    private Task ReceiveAsync(string text) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), "+12125552368", "+12025550111", text, _portal.Now, null), default);

    private async Task<(ConsentStatus Status, ConsentLevel Level)> StandingAsync()
    {
        await using var db = _portal.Database.Open();
        var record = await db.ConsentRecords.SingleAsync();
        return (record.Status, record.Level);
    }

    private async Task IsFoldAsync(ConsentLevel level, bool isOfLatest)
    {
        await using var db = _portal.Database.Open();
        var record = await db.ConsentRecords.SingleAsync();
        var events = await db.ConsentEvents.OrderBy(e => e.Id).ToListAsync();
        Assert.Equal((ConsentStatus.Granted, level, null), (record.Status, record.Level, record.ExpiresAt));
        Assert.Equal(isOfLatest, record.GrantEventId == events[^1].Id);
        Assert.Equal(ConsentState.From(events), record.State);
    }
}
