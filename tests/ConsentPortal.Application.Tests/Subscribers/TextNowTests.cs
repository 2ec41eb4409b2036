using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class TextNowTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_person_without_consent_may_not_be_texted()
    {
        var id = await _portal.AddPersonAsync();

        Assert.Equal(SendReason.NoConsent, (await AskAsync(id)).Reason);
    }

    [Fact]
    public async Task A_person_with_consent_may_be_texted_at_noon_and_not_at_night()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        Assert.Equal(DecisionKind.Allow, (await AskAsync(id)).Kind);
        _portal.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(DecisionKind.Defer, (await AskAsync(id)).Kind);
    }

    [Fact]
    public async Task A_stop_is_the_answer_at_once()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, id,
            new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

        Assert.Equal(SendReason.Suppressed, (await AskAsync(id)).Reason);
    }

    [Fact]
    public async Task Unknown_people_and_purposes_are_named_as_such()
    {
        var id = await _portal.AddPersonAsync();
        var ask = _portal.Get<TextNow>();

        Assert.IsType<PurposeNotFound>((await ask.AskAsync(_portal.Staff, id, PurposeId.New(_portal.Now), default)).Failure);
        Assert.IsType<SubscriberNotFound>((await ask.AskAsync(_portal.Staff, SubscriberId.New(_portal.Now), _portal.Offers.Id, default)).Failure);
        await Assert.ThrowsAsync<NotPermitted>(() => ask.AskAsync(Actor.Nobody, id, _portal.Offers.Id, default));
    }

    [Fact]
    public async Task The_promise_counts_the_month_up_to_now_on_the_persons_own_clock()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.SendAsync(id, new DateTimeOffset(2026, 10, 24, 15, 59, 0, TimeSpan.Zero));
        await _portal.SendAsync(id, new DateTimeOffset(2026, 10, 24, 16, 1, 0, TimeSpan.Zero));

        // It is noon in New York, and summer time has ended there since: noon of 24 October was an hour earlier by UTC.
        Assert.Equal(1, (await MeterAsync(id)).Received);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await MeterAsync(id)).Received);
    }

    [Fact]
    public async Task The_promise_that_the_person_read_is_kept_though_the_purpose_promises_more()
    {
        var weekly = await _portal.AddWordingAsync(_portal.Offers, version: 2, frequency: "at most 1 text a week");
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id, wording: weekly);
        await _portal.SendAsync(id, _portal.Now.AddDays(-3));

        var meter = await MeterAsync(id);

        Assert.Equal((new FrequencyPromise(1, PromiseUnit.Week), 1, true, _portal.Now.AddDays(4)), (meter.Promise, meter.Received, meter.IsUsedUp, meter.RoomFrom));
        Assert.Equal((SendReason.PromisedFrequency, meter.RoomFrom), ((await AskAsync(id)).Reason, (await AskAsync(id) as SendDecision.Defer)?.Until));
    }

    [Fact]
    public async Task The_promise_counts_what_reached_the_provider_and_no_answers()
    {
        var id = await _portal.AddPersonAsync();
        var other = await _portal.AddPurposeAsync("News");
        await _portal.SendAsync(id, _portal.Now.AddDays(-1), MessageState.Unconfirmed);
        await _portal.SendAsync(id, _portal.Now.AddDays(-1), MessageState.Skipped);
        await _portal.SendAsync(id, _portal.Now.AddDays(-1), messageClass: MessageClass.Transactional);
        await _portal.SendAsync(id, _portal.Now.AddDays(-1), purpose: other);

        var meter = await MeterAsync(id);

        Assert.Equal((null, _portal.Now), (meter.Words, meter.RoomFrom));
        await _portal.ConsentAsync(id);
        Assert.Equal("4 a month", (await MeterAsync(id)).Words);
        Assert.Equal((2, 1, FrequencyPromise.AMonth(4), false), (meter.Received, meter.OfThisPurpose, meter.Promise, meter.IsUsedUp));
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_those_who_never_had_to_do_with_a_purpose()
    {
        var stranger = await _portal.AddPersonAsync();
        var member = await _portal.AddPersonAsync("+12125552369");
        await _portal.ConsentAsync(member);
        var list = _portal.Get<SubscriberList>();

        var without = await list.PageAsync(_portal.Staff, new SubscriberQuery(PurposeId: _portal.Offers.Id, Status: ConsentStatus.None), default);
        var with = await list.PageAsync(_portal.Staff, new SubscriberQuery(PurposeId: _portal.Offers.Id), default);

        Assert.Equal([stranger], without.Rows.Select(r => r.Id));
        Assert.Equal([member], with.Rows.Select(r => r.Id));
    }

    private async Task<SendDecision> AskAsync(SubscriberId id) => (await _portal.Get<TextNow>().AskAsync(_portal.Staff, id, _portal.Offers.Id, default)).Value;

    private async Task<PromiseMeter> MeterAsync(SubscriberId id) =>
        (await _portal.Get<FrequencyOfPerson>().GetAsync(_portal.Staff, id, default)).Value.Single(m => m.PurposeId == _portal.Offers.Id);
}
