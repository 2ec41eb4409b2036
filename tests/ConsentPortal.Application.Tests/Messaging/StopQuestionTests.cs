using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>
/// What a stop to marketing leads to where a policy splits stops by class and asks what was meant (47 CFR 64.1200(a)(12)):
/// somebody who agreed to offers and to appointment reminders answers an offer with STOP.
/// </summary>
public sealed class StopQuestionTests : IAsyncLifetime
{
    private const string Theirs = "+12125552368";

    private PeoplePortal _portal = null!;
    private Purpose _visits = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _visits = await _portal.AddPurposeAsync("Appointment reminders", messageClass: MessageClass.Informational);
        var wording = await _portal.AddWordingAsync(_visits);
        await _portal.Database.WriteAsync(
            db => db.Purposes.Where(p => p.Id == _visits.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "VISITS").SetProperty(x => x.NeedsDoubleOptIn, true)), default);
        _person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_person);
        await ConfirmedAsync(wording);
        await _portal.SendAsync(_person, _portal.Now.AddMinutes(-5));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "US-17")]
    public async Task Everything_stops_at_once_and_the_one_confirmation_asks()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });

        await ReceiveAsync("STOP");
        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", ConsentStatus.Withdrawn), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        Assert.Equal(["You are out. Reply VISITS to keep Appointment reminders. Without an answer all stays stopped."], await ConfirmationsAsync());
        await using var db = _portal.Database.Open();
        Assert.Contains(await db.Suppressions.ToListAsync(), s => s is { Scope: SuppressionScope.All, LiftedAt: null });
    }

    [Fact]
    [Trait("Rule", "US-17")]
    public async Task The_answer_brings_back_what_it_names_by_a_fresh_act_of_the_person_and_no_text_follows()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });
        await ReceiveAsync("STOP");
        var texts = await TextsAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(23));

        await ReceiveAsync("visits", "answer");

        Assert.Equal([("Appointment reminders", ConsentStatus.Granted), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        await using var db = _portal.Database.Open();
        var fresh = await db.ConsentEvents.OrderByDescending(e => e.Id).FirstAsync();
        Assert.Equal((ConsentEventKind.Granted, true, "answer", DoubleOptIn.Sms), (fresh.Kind, fresh.IsActOfPerson, fresh.InboundProviderId, fresh.DoubleOptInBy));
        Assert.Single(await ConfirmationsAsync());
        Assert.Equal(texts, await TextsAsync());
        var stop = await db.Suppressions.SingleAsync(s => s.LiftedAt == null);
        Assert.Equal((SuppressionScope.Purpose, _portal.Offers.Id), (stop.Scope, stop.PurposeId!.Value));
    }

    [Theory]
    [Trait("Rule", "US-17")]
    [InlineData(-1, ConsentStatus.Granted)]
    [InlineData(0, ConsentStatus.Pending)]
    [InlineData(1, ConsentStatus.Pending)]
    public async Task After_its_time_the_word_is_a_wish_to_join_like_any_other(int second, ConsentStatus visits)
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true, KeepAnswerLifetime = TimeSpan.FromHours(2) });
        await ReceiveAsync("STOP");
        _portal.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(second));

        await ReceiveAsync("VISITS");

        Assert.Equal([("Appointment reminders", visits), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
    }

    /// <summary>The last text that had gone by then is what a stop answers: one that leaves in the same second or later is not.</summary>
    [Theory]
    [Trait("Rule", "US-21")]
    [InlineData(-1, ConsentStatus.Withdrawn)]
    [InlineData(0, ConsentStatus.Granted)]
    [InlineData(1, ConsentStatus.Granted)]
    public async Task A_stop_answers_the_last_text_before_it(int second, ConsentStatus visits)
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass });
        await _portal.SendAsync(_person, _portal.Now.AddSeconds(second), purpose: _visits);

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", visits), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
    }

    [Fact]
    [Trait("Rule", "US-21")]
    public async Task A_stop_answers_the_sender_that_it_was_sent_to()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass });
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == orders.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199")), default);
        await _portal.SendAsync(_person, _portal.Now.AddMinutes(-1), purpose: orders);

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", ConsentStatus.Granted), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
    }

    /// <summary>The day from which a seller may name the only way to stop changes nothing of what is taken as one.</summary>
    [Theory]
    [Trait("Rule", "US-20")]
    [InlineData("2026-11-23", "leave me alone")]
    [InlineData("2026-11-24", "leave me alone")]
    [InlineData("2026-11-25", "leave me alone")]
    [InlineData("2026-11-24", "STOP")]
    public async Task Reasonable_words_end_all_before_and_after_FCC_26_67_takes_effect(string effective, string words)
    {
        await SetAsync(new PolicyVersion { Fcc2667EffectiveOn = DateOnly.Parse(effective, CultureInfo.InvariantCulture) });

        await ReceiveAsync(words);

        Assert.Equal([("Appointment reminders", ConsentStatus.Withdrawn), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
    }

    [Fact]
    public async Task A_stop_after_the_answer_ends_it_again_and_is_confirmed_as_a_stop_of_its_own()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });
        await ReceiveAsync("STOP");
        await ReceiveAsync("VISITS");
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await _portal.SendAsync(_person, _portal.Now.AddMinutes(-1), purpose: _visits);

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", ConsentStatus.Withdrawn), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        Assert.Equal("You are out.", (await ConfirmationsAsync())[1]);
        await ReceiveAsync("VISITS");
        Assert.Equal(ConsentStatus.Pending, (await StandingAsync())[0].Status);
    }

    [Fact]
    public async Task Whoever_kept_something_and_stops_again_is_asked_nothing_and_keeps_nothing()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });
        await ReceiveAsync("STOP");
        await ReceiveAsync("VISITS");
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", ConsentStatus.Withdrawn), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        Assert.Equal("You are out.", (await ConfirmationsAsync())[1]);
    }

    [Theory]
    [Trait("Rule", "US-17")]
    [Trait("Rule", "US-21")]
    [InlineData(OptOutScope.ByMessageClass, false, ConsentStatus.Granted)]
    [InlineData(OptOutScope.Everything, true, ConsentStatus.Withdrawn)]
    public async Task Where_the_policy_does_not_ask_or_a_stop_ends_everything_there_is_no_question(OptOutScope scope, bool asks, ConsentStatus visits)
    {
        await SetAsync(new PolicyVersion { OptOutScope = scope, AsksWhatToKeep = asks });

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", visits), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        Assert.Equal(["You are out."], await ConfirmationsAsync());
    }

    [Fact]
    [Trait("Rule", "US-21")]
    public async Task A_stop_to_something_else_than_marketing_ends_everything_without_a_question()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });
        await _portal.SendAsync(_person, _portal.Now.AddMinutes(-1), purpose: _visits);

        await ReceiveAsync("STOP");

        Assert.Equal([("Appointment reminders", ConsentStatus.Withdrawn), ("Offers", ConsentStatus.Withdrawn)], await StandingAsync());
        Assert.Equal(["You are out."], await ConfirmationsAsync());
    }

    [Theory]
    [InlineData(true, "Every text stops at once; planned ones are skipped. Where the text answers marketing, the confirmation goes on to ask which other texts the person wants to keep.")]
    [InlineData(false, "Every text stops at once; planned ones are skipped.")]
    public async Task Whoever_tries_a_stop_out_is_told_of_the_question(bool asks, string action)
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = asks });

        var trial = await _portal.Get<TryInboundText>().ExecuteAsync(_portal.Staff, new InboundQuestion("STOP", "+12025550111", "en", HandsetState.Agreed), default);

        Assert.Equal(action, trial.Value.Action);
    }

    [Fact]
    public async Task Whoever_has_the_number_by_mistake_is_asked_nothing()
    {
        await SetAsync(new PolicyVersion { OptOutScope = OptOutScope.ByMessageClass, AsksWhatToKeep = true });

        await ReceiveAsync("Wrong number");

        Assert.Equal(["You are out."], await ConfirmationsAsync());
    }

    private async Task SetAsync(PolicyVersion policy) => await _portal.Database.WriteAsync(
        db => Task.FromResult(db.Policies.Add(new PolicyRow
        {
            Version = 2, Json = JsonSerializer.Serialize(policy, ActivePolicy.Json), Reason = "Ask what was meant", AuthorId = null, CreatedAt = _portal.Now, ActiveFrom = _portal.Now,
        })),
        default);

    private async Task ConfirmedAsync(Wording wording)
    {
        await _portal.ConsentAsync(_person, _visits, wording);
        await ReceiveAsync("YES");
        Assert.Contains(("Appointment reminders", ConsentStatus.Granted), await StandingAsync());
    }

    private Task ReceiveAsync(string text, string? id = null) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(id ?? Guid.CreateVersion7().ToString("N"), Theirs, "+12025550111", text, _portal.Now, null), default);

    private async Task<IReadOnlyList<(string Purpose, ConsentStatus Status)>> StandingAsync()
    {
        await using var db = _portal.Database.Open();
        var rows = await (from record in db.ConsentRecords join purpose in db.Purposes on record.PurposeId equals purpose.Id orderby purpose.Name select new { purpose.Name, record.Status }).ToListAsync();
        return [.. rows.Select(r => (r.Name, r.Status))];
    }

    private async Task<int> TextsAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.CountAsync();
    }

    private async Task<IReadOnlyList<string>> ConfirmationsAsync()
    {
        await using var db = _portal.Database.Open();
        var person = await db.Subscribers.SingleAsync(s => s.Id == _person);
        using var key = _portal.Get<SubjectKeys>().Unwrap(person.WrappedKey!, person.Id);
        var sent = await db.OutboundMessages.Where(m => m.Kind == MessageKind.OptOutConfirmation).OrderBy(m => m.Id).Select(m => m.BodySealed!).ToListAsync();
        return [.. sent.Select(body => key.Open(body, SealedField.MessageBody))];
    }
}
