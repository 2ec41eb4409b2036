using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class InboxTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_inbox_shows_what_waits_oldest_first_with_its_words()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ReceiveAsync(id, "please no more of these", _portal.Now.AddMinutes(-5));
        await _portal.ReceiveAsync(id, "leave me alone", _portal.Now.AddMinutes(-9));
        await _portal.ReceiveAsync(id, "STOP", _portal.Now, ReviewState.NotNeeded);

        var page = await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(), default);

        Assert.Equal(["leave me alone", "please no more of these"], page.Rows.Select(r => r.Body));
        Assert.Equal((2, 2), (page.Total, page.Waiting));
        Assert.EndsWith("2368", page.Rows[0].MaskedPhone, StringComparison.Ordinal);
        Assert.Equal(3, (await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(Review: null), default)).Total);
    }

    [Fact]
    public async Task Taken_as_an_opt_out_it_ends_consent_as_of_the_text_and_skips_what_is_planned()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        var planned = await _portal.SendAsync(id, _portal.Now.AddDays(1), MessageState.Planned);
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        var text = await _portal.ReceiveAsync(id, "please no more of these", _portal.Now.AddHours(-1));

        Assert.True((await DecideAsync(text, InboundOutcome.TakeAsOptOut)).IsSuccess);

        var person = (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, id, default)).Value;
        Assert.Equal(ConsentStatus.Withdrawn, person.Consents[0].State.Status);
        Assert.Equal(_portal.Now.AddHours(-1), person.Consents[0].Proof!.At);
        Assert.Equal((SuppressionScope.All, SuppressionSource.InboxReview), (person.Suppressions[0].Scope, person.Suppressions[0].Source));
        await using var db = _portal.Database.Open();
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.False(await db.OutboundMessages.AnyAsync(m => m.Kind == MessageKind.OptOutConfirmation));
    }

    [Fact]
    public async Task No_action_changes_no_consent_and_names_who_decided()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        var text = await _portal.ReceiveAsync(id, "thank you!", _portal.Now);

        await DecideAsync(text, InboundOutcome.NoAction);

        var row = Assert.Single((await _portal.Get<InboxList>().PageAsync(_portal.Staff, new InboxQuery(ReviewState.NoAction), default)).Rows);
        Assert.Equal(("Carla Mendes", _portal.Now), (row.ReviewedBy, row.ReviewedAt));
        Assert.Equal(ConsentStatus.Granted, (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, id, default)).Value.Consents[0].State.Status);
        Assert.Single(await _portal.AuditAsync("inbound.decided"));
    }

    [Fact]
    public async Task Of_two_decisions_the_first_stands_and_the_second_is_told()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        var text = await _portal.ReceiveAsync(id, "thank you!", _portal.Now);

        await DecideAsync(text, InboundOutcome.NoAction);
        var second = await DecideAsync(text, InboundOutcome.TakeAsOptOut);

        Assert.IsType<InboundNotWaiting>(second.Failure);
        Assert.Equal(ConsentStatus.Granted, (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, id, default)).Value.Consents[0].State.Status);
    }

    [Fact]
    public async Task A_stop_from_an_unknown_number_is_kept_for_the_day_it_becomes_known()
    {
        var text = await _portal.ReceiveAsync(null, "", _portal.Now, from: "+12125552399");
        await DecideAsync(text, InboundOutcome.TakeAsOptOut);

        var id = await _portal.AddPersonAsync("+12125552399");

        Assert.Equal(SuppressionScope.All, (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, id, default)).Value.Suppressions[0].Scope);
    }

    [Fact]
    public async Task The_inbox_is_closed_to_those_who_may_not_decide()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<InboxList>().PageAsync(Actor.Nobody, new InboxQuery(), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<DecideInbound>().ExecuteAsync(Actor.Nobody, 1, InboundOutcome.NoAction, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SubscriberConversation>().PageAsync(Actor.Nobody, default, null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SubscriberDecisions>().PageAsync(Actor.Nobody, default, null, default));
    }

    private Task<Domain.Result<Domain.Done>> DecideAsync(long text, InboundOutcome outcome) =>
        _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, text, outcome, default);
}
