using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class ReceiveInboundMessageTests : IAsyncLifetime
{
    private const string Ours = "+12025550111";
    private const string Theirs = "+12125552368";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "US-15")]
    [Trait("Rule", "US-16")]
    public async Task Stop_ends_every_consent_skips_what_is_planned_and_is_confirmed_once()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        var planned = await _portal.SendAsync(id, _portal.Now, MessageState.Planned);

        await ReceiveAsync("Stop.");
        await ReceiveAsync("STOP");

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.Equal(1, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.OptOutConfirmation));
        Assert.All(await db.Suppressions.ToListAsync(), s => Assert.Equal(SuppressionScope.All, s.Scope));
    }

    [Fact]
    public async Task A_stop_from_a_shared_number_stops_everybody_who_has_it_with_one_entry_and_one_answer()
    {
        var (older, newer) = (await _portal.AddPersonAsync(), await _portal.AddTwinAsync());
        await _portal.ConsentAsync(older);
        await _portal.ConsentAsync(newer);
        var planned = await _portal.SendAsync(older, _portal.Now, MessageState.Planned);

        await ReceiveAsync("STOP");

        await using var db = _portal.Database.Open();
        Assert.All(await db.ConsentRecords.ToListAsync(), r => Assert.Equal(ConsentStatus.Withdrawn, r.Status));
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.Equal(1, await db.Suppressions.CountAsync());
        Assert.Equal(1, await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.OptOutConfirmation));
    }

    [Fact]
    public async Task Somebody_who_texts_first_is_added_with_an_entry_that_keeps_their_number_sealed()
    {
        await ReceiveAsync("Who are you?");

        await using var db = _portal.Database.Open();
        var person = await db.Subscribers.SingleAsync();
        var added = Assert.Single(await _portal.AuditAsync("subscriber.added"));
        Assert.Equal((person.Id.ToString(), "Text message", "US"), (added.GetProperty("subject").GetString(), added.GetProperty("after").GetProperty("source").GetString(), added.GetProperty("after").GetProperty("region").GetString()));
        Assert.StartsWith("sealed:", added.GetProperty("after").GetProperty("phone").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_delivery_twice_is_one_text()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        await ReceiveAsync("STOP", "m-1");
        await ReceiveAsync("STOP", "m-1");

        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.InboundMessages.CountAsync());
        Assert.Equal(1, await db.Suppressions.CountAsync());
    }

    [Fact]
    public async Task Join_asks_for_yes_and_only_yes_grants()
    {
        await MakeJoinableAsync();

        await ReceiveAsync("join");
        Assert.Equal(ConsentStatus.Pending, await StatusAsync());
        Assert.Equal(1, await CountAsync(MessageKind.DoubleOptInPrompt));
        await ReceiveAsync("Yes please!");

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        Assert.Equal(1, await CountAsync(MessageKind.OptInConfirmation));
        await using var db = _portal.Database.Open();
        Assert.Equal(DoubleOptIn.Sms, (await db.ConsentRecords.SingleAsync()).DoubleOptInBy);
        Assert.Single(await _portal.AuditAsync("consent.confirmed"));
    }

    [Fact]
    public async Task Joining_again_and_again_sends_one_prompt()
    {
        await MakeJoinableAsync();

        for (var i = 0; i < 5; i++)
            await ReceiveAsync("JOIN");

        Assert.Equal(1, await CountAsync(MessageKind.DoubleOptInPrompt));
    }

    [Theory]
    [Trait("Rule", "EU-24")]
    [InlineData(-1, ConsentStatus.Granted, 1)]
    [InlineData(0, ConsentStatus.Pending, 2)]
    [InlineData(1, ConsentStatus.Pending, 2)]
    public async Task A_yes_when_the_48_hours_of_the_prompt_are_over_asks_anew_and_grants_nothing(int second, ConsentStatus status, int prompts)
    {
        await MakeJoinableAsync();
        await ReceiveAsync("JOIN");

        _portal.Clock.Advance(TimeSpan.FromHours(48) + TimeSpan.FromSeconds(second));
        await ReceiveAsync("YES");

        Assert.Equal(status, await StatusAsync());
        Assert.Equal(prompts, await CountAsync(MessageKind.DoubleOptInPrompt));
    }

    [Fact]
    [Trait("Rule", "CT-13")]
    public async Task Start_takes_back_the_persons_own_stop_and_leaves_a_fresh_consent()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await ReceiveAsync("STOP");
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await ReceiveAsync("START");

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        await using var db = _portal.Database.Open();
        Assert.All(await db.Suppressions.ToListAsync(), s => Assert.NotNull(s.LiftedAt));
        Assert.Equal(3, await db.ConsentEvents.CountAsync());
    }

    [Fact]
    [Trait("Rule", "CT-13")]
    [Trait("Rule", "CT-19")]
    public async Task Start_does_not_lift_a_stop_that_a_carrier_set()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Get<Application.Consent.WithdrawConsent>().ExecuteAsync(
            Actor.Provider("vonage"), id, new(SuppressionScope.All, SuppressionSource.Carrier, ConsentChannel.Provider, "Opted out at the carrier", _portal.Now, IsActOfPerson: false), default);

        await ReceiveAsync("START");

        await using var db = _portal.Database.Open();
        Assert.Null((await db.Suppressions.SingleAsync()).LiftedAt);
    }

    [Theory]
    [Trait("Rule", "CT-10")]
    [InlineData(-1, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public async Task Help_is_answered_at_most_once_an_hour(int second, int answers)
    {
        await _portal.AddPersonAsync();

        await ReceiveAsync("HELP");
        _portal.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(second));
        await ReceiveAsync("help");

        Assert.Equal(answers, await CountAsync(MessageKind.HelpReply));
    }

    [Theory]
    [Trait("Rule", "CT-10")]
    [InlineData("HELP", MessageKind.HelpReply)]
    [InlineData("STOP", MessageKind.OptOutConfirmation)]
    [InlineData("END", MessageKind.OptOutConfirmation)]
    [InlineData("CANCEL", MessageKind.OptOutConfirmation)]
    [InlineData("UNSUBSCRIBE", MessageKind.OptOutConfirmation)]
    [InlineData("QUIT", MessageKind.OptOutConfirmation)]
    public async Task The_words_of_short_codes_are_answered_to_somebody_who_never_joined(string word, MessageKind answer)
    {
        await ReceiveAsync(word, from: "+14155552671");

        await using var db = _portal.Database.Open();
        Assert.Equal([answer], await db.OutboundMessages.Select(m => m.Kind).ToListAsync());
    }

    [Fact]
    public async Task An_unclear_text_stops_marketing_until_somebody_has_read_it()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        await ReceiveAsync("how do I cancel only the Monday ones?");

        await using var db = _portal.Database.Open();
        var text = await db.InboundMessages.SingleAsync();
        Assert.Equal((ReviewState.Waiting, "review"), (text.Review, text.Action));
        Assert.Equal(SuppressionScope.Marketing, (await db.Suppressions.SingleAsync()).Scope);
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());

        await _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, text.Id, InboundOutcome.NoAction, default);
        Assert.NotNull((await db.Suppressions.AsNoTracking().SingleAsync()).LiftedAt);
    }

    [Fact]
    public async Task A_wrong_number_is_no_longer_the_persons()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);

        await ReceiveAsync("Wrong number!");

        await using var db = _portal.Database.Open();
        Assert.Equal(NumberState.Reassigned, (await db.Subscribers.SingleAsync()).NumberState);
        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task A_stop_from_a_number_that_nobody_has_yet_is_kept()
    {
        await ReceiveAsync("STOP", from: "+14155552671");

        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.Suppressions.CountAsync());
    }

    private Task ReceiveAsync(string text, string? id = null, string from = Theirs) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(id ?? Guid.CreateVersion7().ToString("N"), from, Ours, text, _portal.Now, null), default);

    private async Task MakeJoinableAsync()
    {
        await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(
            db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "JOIN").SetProperty(x => x.NeedsDoubleOptIn, true)), default);
    }

    private async Task<ConsentStatus> StatusAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.ConsentRecords.SingleAsync()).Status;
    }

    private async Task<int> CountAsync(MessageKind kind)
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.CountAsync(m => m.Kind == kind);
    }
}
