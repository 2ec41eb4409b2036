using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class SubscriberDetailTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_page_shows_the_number_masked_and_the_consent_with_its_wording_and_evidence()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        var person = await PersonAsync(id);

        Assert.DoesNotContain("555", person.MaskedPhone, StringComparison.Ordinal);
        Assert.EndsWith("2368", person.MaskedPhone, StringComparison.Ordinal);
        var offers = Assert.Single(person.Consents);
        Assert.Equal(ConsentStatus.Granted, offers.State.Status);
        Assert.Equal(1, offers.Wording!.Version);
        Assert.Equal("I agree that Aurora may text me offers.", offers.Wording.Text);
        Assert.Equal("https://aurora.example/join", offers.Proof!.Evidence!.FormUrl);
        Assert.Equal("Carla Mendes", offers.Proof.RecordedBy);
    }

    [Fact]
    public async Task A_consent_that_ran_out_is_shown_as_expired_before_any_job_has_said_so()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, id, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.Express, new ConsentEvidence(), _portal.Now, IsActOfPerson: true,
            Reason: "Said so in the shop", ExpiresAt: _portal.Now.AddDays(1)), default);

        _portal.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(ConsentStatus.Expired, (await PersonAsync(id)).Consents[0].State.Status);
    }

    [Fact]
    public async Task A_withdrawal_shows_the_stop_and_rests_on_the_act_that_ended_it()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, id,
            new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

        var person = await PersonAsync(id);

        Assert.Equal(ConsentEventKind.Withdrawn, person.Consents[0].Proof!.Kind);
        Assert.Equal("Asked by phone", person.Consents[0].Proof!.Reason);
        Assert.Equal((SuppressionScope.All, "Asked by phone"), (person.Suppressions[0].Scope, person.Suppressions[0].Reason));
    }

    [Fact]
    public async Task Of_an_erased_person_nothing_readable_is_left()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.EraseAsync(id);

        var person = await PersonAsync(id);

        Assert.True(person.IsErased);
        Assert.Null(person.MaskedPhone);
        Assert.Equal(SubscriberProfile.Empty, person.Profile);
        Assert.Null(person.Consents[0].Proof!.Evidence);
    }

    [Fact]
    public async Task The_clock_of_a_page_follows_the_zone_that_the_person_confirmed_or_else_the_number()
    {
        var id = await _portal.AddPersonAsync();
        var person = await PersonAsync(id);
        Assert.Equal("America/New_York", person.ClockZone);

        await _portal.Get<EditSubscriber>().ExecuteAsync(_portal.Staff, id, new SubscriberEdit(
            person.Version, person.Profile, null, null, null, "America/Denver", person.Frequency, null, "They moved"), default);

        Assert.Equal("America/Denver", (await PersonAsync(id)).ClockZone);
    }

    [Fact]
    public async Task Opening_a_page_is_audited_once_and_loading_it_again_is_not()
    {
        var id = await _portal.AddPersonAsync();

        Assert.True((await _portal.Get<OpenSubscriber>().ExecuteAsync(_portal.Staff, id, default)).IsSuccess);
        await PersonAsync(id);

        var entry = Assert.Single(await _portal.AuditAsync("subscriber.viewed"));
        Assert.Equal(id.ToString(), entry.GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_page_of_nobody_is_refused_and_leaves_no_entry()
    {
        var outcome = await _portal.Get<OpenSubscriber>().ExecuteAsync(_portal.Staff, SubscriberId.New(_portal.Now), default);

        Assert.IsType<SubscriberNotFound>(outcome.Failure);
        Assert.Empty(await _portal.AuditAsync("subscriber.viewed"));
    }

    [Fact]
    public async Task Who_looked_names_the_person_and_the_reason_newest_first()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<OpenSubscriber>().ExecuteAsync(_portal.Staff, id, default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.Get<RevealNumber>().ExecuteAsync(_portal.Staff, id, "Answering this person", default);

        var page = await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, id, null, default);

        Assert.Equal([true, false], page.Entries.Select(e => e.IsReveal));
        Assert.Equal(("Carla Mendes", "Compliance officer", "Answering this person"), (page.Entries[0].Who, page.Entries[0].Role, page.Entries[0].Reason));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Without_the_permission_nothing_of_a_person_is_shown()
    {
        var id = await _portal.AddPersonAsync();
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SubscriberDetail>().GetAsync(Actor.Nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<OpenSubscriber>().ExecuteAsync(Actor.Nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<WhoLookedAtMe>().PageAsync(Actor.Nobody, id, null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<FrequencyOfPerson>().GetAsync(Actor.Nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SubscriberTimeline>().PageAsync(Actor.Nobody, id, new HashSet<TimelineSource>(), null, default));
    }

    private async Task<SubscriberDetails> PersonAsync(SubscriberId id) => (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, id, default)).Value;
}
