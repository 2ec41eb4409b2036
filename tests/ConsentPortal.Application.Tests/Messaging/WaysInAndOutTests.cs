using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>How people come in by text and go out again, and what nobody else can do for them.</summary>
public sealed class WaysInAndOutTests : IAsyncLifetime
{
    private const string Ours = "+12025550111";
    private const string Theirs = "+12125552368";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_policy_says_how_long_a_prompt_may_be_answered()
    {
        await MakeJoinableAsync();
        await SetPolicyAsync(PolicyVersion.Default with { DoubleOptInLifetime = TimeSpan.FromHours(3) });

        await ReceiveAsync("JOIN");

        await using var db = _portal.Database.Open();
        Assert.Equal(_portal.Now.AddHours(3), (await db.ConsentRecords.SingleAsync()).ExpiresAt);
        Assert.Equal(_portal.Now.AddHours(3), (await db.OutboundMessages.SingleAsync()).NotAfter);
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        await ReceiveAsync("YES");
        Assert.Equal(ConsentStatus.Pending, await StatusAsync());
        Assert.Equal(2, await CountAsync(MessageKind.DoubleOptInPrompt));
        await ReceiveAsync("YES");
        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(24, 1)]
    public async Task The_policy_says_how_often_help_is_answered(int hours, int answers)
    {
        await _portal.AddPersonAsync();
        await SetPolicyAsync(PolicyVersion.Default with { HelpInterval = TimeSpan.FromHours(hours) });

        for (var i = 0; i < 3; i++)
        {
            _portal.Clock.Advance(TimeSpan.FromHours(2));
            await ReceiveAsync("HELP");
        }

        Assert.Equal(answers, await CountAsync(MessageKind.HelpReply));
    }

    [Fact]
    public void A_policy_from_before_these_settings_reads_with_their_defaults_and_none_leaves_its_bounds()
    {
        var old = JsonSerializer.Deserialize<PolicyVersion>("""{"preset":2,"maxParts":6}""", ActivePolicy.Json)!;
        Assert.Equal((TimeSpan.FromHours(48), TimeSpan.FromHours(1), 6), (old.DoubleOptInLifetime, old.HelpInterval, old.MaxParts));
        var wild = JsonSerializer.Deserialize<PolicyVersion>("""{"doubleOptInLifetime":"99.00:00:00","helpInterval":"-01:00:00"}""", ActivePolicy.Json)!;
        Assert.Equal((TimeSpan.FromDays(30), TimeSpan.Zero), (wild.DoubleOptInLifetime, wild.HelpInterval));
        var kept = JsonSerializer.Deserialize<PolicyVersion>(JsonSerializer.Serialize(PolicyVersion.Default with { DoubleOptInLifetime = TimeSpan.FromHours(5) }, ActivePolicy.Json), ActivePolicy.Json)!;
        Assert.Equal(TimeSpan.FromHours(5), kept.DoubleOptInLifetime);
    }

    [Fact]
    public async Task A_confirmation_is_due_at_once_and_the_dispatcher_looks_twice_a_second()
    {
        await MakeJoinableAsync();
        await ReceiveAsync("JOIN");
        await ReceiveAsync("YES");

        await using var db = _portal.Database.Open();
        var welcome = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.OptInConfirmation);
        Assert.Equal(_portal.Now, welcome.DueAt);
        Assert.True(new DispatchOptions().IdlePause < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_word_of_its_own_joins_the_purpose_and_is_answered_in_its_language()
    {
        await MakeJoinableAsync();
        await AddFrenchWordingAsync();
        await SaveAsync("ETE26", "fr");

        await ReceiveAsync("été26!", from: "+14155552671");

        Assert.Equal(ConsentStatus.Pending, await StatusAsync());
        await using var db = _portal.Database.Open();
        var prompt = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.DoubleOptInPrompt);
        Assert.Equal("fr", (await db.Wordings.SingleAsync(w => w.Id == prompt.WordingId)).Language);
        Assert.Equal("fr", (await db.Subscribers.SingleAsync(s => s.Id == prompt.SubscriberId)).Language);
    }

    [Fact]
    public async Task A_word_is_taken_from_its_start_to_its_end_and_is_free_again_after_it()
    {
        await MakeJoinableAsync();
        Assert.True((await SaveAsync("BOOTS")).IsSuccess);
        await using (var db = _portal.Database.Open())
            Assert.True((await _portal.Get<RetireKeyword>().ExecuteAsync(_portal.Staff, (await db.PurposeKeywords.SingleAsync()).Id, default)).IsSuccess);

        await ReceiveAsync("BOOTS");

        await using var after = _portal.Database.Open();
        Assert.False(await after.ConsentRecords.AnyAsync());
        Assert.IsType<KeywordNotInUse>((await _portal.Get<RetireKeyword>().ExecuteAsync(_portal.Staff, 1, default)).Failure);
        Assert.Equal((1, 1), ((await _portal.AuditAsync("purpose.keywordAdded")).Count, (await _portal.AuditAsync("purpose.keywordRetired")).Count));
        Assert.True((await SaveAsync("BOOTS")).IsSuccess);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("Stopp")]
    [InlineData("BAJA")]
    [InlineData("отписаться")]
    [InlineData("停止")]
    [InlineData("stpo")]
    [InlineData("HELP")]
    [InlineData("hilfe")]
    [InlineData("YES")]
    [InlineData("oui")]
    [InlineData("да")]
    [InlineData("START")]
    [InlineData("no")]
    [InlineData("two words")]
    [InlineData("a")]
    public async Task A_word_that_means_something_already_joins_nothing(string word) => Assert.IsType<FieldRefused>((await SaveAsync(word)).Failure);

    [Fact]
    public async Task A_word_joins_one_purpose_of_a_sender_and_may_join_another_of_another_sender()
    {
        await MakeJoinableAsync();
        var other = await _portal.AddPurposeAsync("Care");
        Assert.True((await SaveAsync("BOOTS")).IsSuccess);

        Assert.IsType<FieldRefused>((await SaveAsync("boots", purpose: other)).Failure);
        Assert.IsType<FieldRefused>((await SaveAsync("BOOTS")).Failure);
        Assert.IsType<FieldRefused>((await SaveAsync("JOIN", purpose: other)).Failure);
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == other.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550112")), default);
        Assert.True((await SaveAsync("BOOTS", purpose: other)).IsSuccess);
    }

    [Fact]
    public async Task A_purpose_cannot_take_another_ones_word_as_its_first_nor_bring_one_to_a_sender_that_has_it()
    {
        await MakeJoinableAsync();
        var other = await _portal.AddPurposeAsync("Care");
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == other.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550112")), default);
        await SaveAsync("BOOTS");
        await SaveAsync("BOOTS", purpose: other);
        var edit = new PurposeEdit(other.Id, "Care", "Aurora", MessageClass.Marketing, LegalBasis.Consent, "+12025550112", true, null, false, null);

        Assert.Equal("Sender", Assert.IsType<FieldRefused>((await _portal.Get<SavePurpose>().ExecuteAsync(_portal.Staff, edit with { Sender = Ours }, default)).Failure).Field);
        Assert.Equal("JoinKeyword", Assert.IsType<FieldRefused>((await _portal.Get<SavePurpose>().ExecuteAsync(_portal.Staff, edit with { JoinKeyword = "BOOTS" }, default)).Failure).Field);
        Assert.True((await _portal.Get<SavePurpose>().ExecuteAsync(_portal.Staff, edit with { Sender = "+12025550113" }, default)).IsSuccess);
        await using var db = _portal.Database.Open();
        Assert.Equal("+12025550113", (await db.PurposeKeywords.SingleAsync(k => k.PurposeId == other.Id)).Sender);
    }

    [Fact]
    public async Task Words_are_for_those_who_may_edit_wordings()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveKeyword>().ExecuteAsync(Actor.Nobody, new KeywordDraft(_portal.Offers.Id, "BOOTS", null), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RetireKeyword>().ExecuteAsync(Actor.Nobody, 1, default));
    }

    [Theory]
    [InlineData(SuppressionSource.Carrier)]
    [InlineData(SuppressionSource.Complaint)]
    [InlineData(SuppressionSource.Staff)]
    [InlineData(SuppressionSource.Import)]
    [InlineData(SuppressionSource.Api)]
    [InlineData(SuppressionSource.Reassigned)]
    [InlineData(SuppressionSource.Erasure)]
    public async Task Start_lifts_nothing_that_the_person_did_not_stop(SuppressionSource source)
    {
        var id = await AgreedAsync();
        await ReceiveAsync("STOP");
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            Actor.Job("test"), id, new(SuppressionScope.All, source, ConsentChannel.Portal, "Another stop", _portal.Now, IsActOfPerson: false), default);

        await ReceiveAsync("START");

        await using var db = _portal.Database.Open();
        var stops = await db.Suppressions.AsNoTracking().ToListAsync();
        Assert.NotNull(stops.Single(s => s.Source == SuppressionSource.Keyword).LiftedAt);
        Assert.Null(stops.Single(s => s.Source == source).LiftedAt);
    }

    [Fact]
    public async Task Start_after_a_wrong_number_starts_no_texts_to_whoever_has_it_now()
    {
        await AgreedAsync();
        await ReceiveAsync("wrong number");

        await ReceiveAsync("START");

        await using var db = _portal.Database.Open();
        Assert.Equal((SuppressionSource.Reassigned, null), await db.Suppressions.Select(s => new ValueTuple<SuppressionSource, DateTimeOffset?>(s.Source, s.LiftedAt)).SingleAsync());
    }

    [Fact]
    public async Task A_yes_from_the_number_after_a_stop_lifts_that_stop_and_a_form_alone_does_not()
    {
        var id = await AgreedAsync();
        await ReceiveAsync("STOP");
        await MakeJoinableAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        await _portal.ConsentAsync(id);
        Assert.Equal(ConsentStatus.Pending, await StatusAsync());
        await using var db = _portal.Database.Open();
        Assert.Null((await db.Suppressions.AsNoTracking().SingleAsync()).LiftedAt);
        await ReceiveAsync("YES");

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
        Assert.NotNull((await db.Suppressions.AsNoTracking().SingleAsync()).LiftedAt);
    }

    [Fact]
    [Trait("Rule", "CT-07")]
    [Trait("Rule", "CT-13")]
    public async Task Case_60_a_start_brings_back_only_the_purposes_of_the_number_it_was_sent_to()
    {
        var other = await _portal.AddPurposeAsync("Borealis");
        await _portal.Database.WriteAsync(
            db => db.Purposes.Where(p => p.Id == other.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199").SetProperty(x => x.Brand, "Borealis")), default);
        var wording = await _portal.AddWordingAsync(other);
        var id = await AgreedAsync();
        await _portal.ConsentAsync(id, other, wording);
        await ReceiveAsync("STOP");

        await ReceiveAsync("START");

        await using var db = _portal.Database.Open();
        var now = await db.ConsentRecords.ToDictionaryAsync(r => r.PurposeId, r => r.Status);
        Assert.Equal((ConsentStatus.Granted, ConsentStatus.Withdrawn), (now[_portal.Offers.Id], now[other.Id]));
    }

    [Theory]
    [Trait("Rule", "US-21")]
    [InlineData(OptOutScope.Everything, MessageClass.Marketing, SuppressionScope.All, 0)]
    [InlineData(OptOutScope.ByMessageClass, MessageClass.Marketing, SuppressionScope.Marketing, 0)]
    [InlineData(OptOutScope.BySender, MessageClass.Marketing, SuppressionScope.Sender, 1)]
    [InlineData(OptOutScope.ByPurpose, MessageClass.Marketing, SuppressionScope.Purpose, 2)]
    [InlineData(OptOutScope.BySender, MessageClass.Informational, SuppressionScope.All, 0)]
    [InlineData(OptOutScope.ByPurpose, MessageClass.Transactional, SuppressionScope.All, 0)]
    public async Task A_stop_ends_what_the_policy_says_of_the_marketing_that_it_answers_and_everything_when_it_answers_anything_else(
        OptOutScope policy, MessageClass answered, SuppressionScope reach, int left)
    {
        // Marketing of another purpose from the same sender, and of one from another sender.
        var id = await AgreedAsync();
        var (beside, elsewhere) = (await _portal.AddPurposeAsync("Events"), await _portal.AddPurposeAsync("Club"));
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == elsewhere.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199")), default);
        await _portal.ConsentAsync(id, beside, await _portal.AddWordingAsync(beside));
        await _portal.ConsentAsync(id, elsewhere, await _portal.AddWordingAsync(elsewhere));
        await SetPolicyAsync(PolicyVersion.Default with { OptOutScope = policy });
        var sent = await _portal.SendAsync(id, _portal.Now.AddMinutes(-5));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == sent).ExecuteUpdateAsync(m => m.SetProperty(x => x.MessageClass, answered)), default);

        await ReceiveAsync("STOP");

        await using var db = _portal.Database.Open();
        var stop = await db.Suppressions.SingleAsync(s => s.LiftedAt == null);
        Assert.Equal((reach, reach == SuppressionScope.Purpose ? _portal.Offers.Id : null, reach == SuppressionScope.Sender ? _portal.Offers.Sender : null), (stop.Scope, stop.PurposeId, stop.Sender));
        Assert.Equal(left, await db.ConsentRecords.CountAsync(r => r.Status == ConsentStatus.Granted));
        Assert.Equal(1, await CountAsync(MessageKind.OptOutConfirmation));
    }

    [Theory]
    [InlineData(OptOutScope.ByMessageClass)]
    [InlineData(OptOutScope.BySender)]
    [InlineData(OptOutScope.ByPurpose)]
    public async Task A_second_stop_is_never_confirmed_whatever_it_reaches(OptOutScope policy)
    {
        var id = await AgreedAsync();
        await SetPolicyAsync(PolicyVersion.Default with { OptOutScope = policy });
        await _portal.SendAsync(id, _portal.Now.AddMinutes(-5));

        for (var i = 0; i < 3; i++)
        {
            await ReceiveAsync("STOP");
            _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(1, await CountAsync(MessageKind.OptOutConfirmation));
    }

    [Fact]
    public async Task The_confirmation_of_a_stop_asks_nothing_and_says_what_the_wording_says()
    {
        await AgreedAsync();
        await ReceiveAsync("STOP");

        await using var db = _portal.Database.Open();
        var reply = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.OptOutConfirmation);
        var wrapped = (await db.Subscribers.SingleAsync()).WrappedKey!;
        using var key = _portal.Get<Application.Database.Encryption.SubjectKeys>().Unwrap(wrapped, reply.SubscriberId);
        Assert.Equal(_portal.Wording.StopReply, key.Open(reply.BodySealed!, Application.Database.Encryption.SealedField.MessageBody));
    }

    [Theory]
    [Trait("Rule", "CT-19")]
    [InlineData("9")]
    [InlineData("1240")]
    public async Task Case_35_a_block_at_the_carrier_stops_everything_and_nothing_is_tried_again(string code)
    {
        var id = await AgreedAsync();
        var sent = await _portal.SendAsync(id, _portal.Now, MessageState.Accepted);
        var planned = await _portal.SendAsync(id, _portal.Now, MessageState.Planned);

        await BlockAsync(sent, code);

        await using var db = _portal.Database.Open();
        Assert.Equal((SuppressionScope.All, SuppressionSource.Carrier), await db.Suppressions.Select(s => new ValueTuple<SuppressionScope, SuppressionSource>(s.Scope, s.Source)).SingleAsync());
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.Equal(MessageState.Failed, (await db.OutboundMessages.SingleAsync(m => m.Id == sent)).State);
        Assert.False(await db.OutboundMessages.AnyAsync(m => m.Kind == MessageKind.OptOutConfirmation));
    }

    [Fact]
    public async Task A_block_at_the_carrier_waits_for_the_text_that_is_on_its_way()
    {
        var id = await AgreedAsync();
        var sent = await _portal.SendAsync(id, _portal.Now, MessageState.Accepted);
        var gate = _portal.Get<SendingGate>();
        gate.Enter(id);
        Assert.True(gate.TryPass(id));

        var blocked = BlockAsync(sent, "1240");
        await Task.Delay(200);
        Assert.False(blocked.IsCompleted);
        gate.Leave(id);
        await blocked;

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync());
    }

    [Fact]
    public async Task A_complaint_ends_everything_whatever_was_chosen()
    {
        var id = await AgreedAsync();

        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, id, new(SuppressionScope.Purpose, SuppressionSource.Complaint, ConsentChannel.Staff, "Wrote to the regulator", _portal.Now, _portal.Offers.Id), default);

        await using var db = _portal.Database.Open();
        var stop = await db.Suppressions.SingleAsync();
        Assert.Equal((SuppressionScope.All, null, SuppressionSource.Complaint), (stop.Scope, stop.PurposeId, stop.Source));
    }

    [Fact]
    public async Task What_staff_do_for_somebody_needs_a_reason()
    {
        var id = await AgreedAsync();
        var given = new GivenConsent(_portal.Offers.Id, _portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.ExpressWritten, new ConsentEvidence(), _portal.Now, true, " why ");

        Assert.IsType<ReasonNeeded>((await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, id, given, default)).Failure);
        Assert.IsType<ReasonNeeded>((await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, id, new(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "   ", _portal.Now), default)).Failure);

        Assert.Equal(ConsentStatus.Granted, await StatusAsync());
    }

    [Fact]
    public async Task A_withdrawal_says_by_when_the_law_wanted_it()
    {
        await AgreedAsync();
        await ReceiveAsync("STOP");

        var after = (await _portal.AuditAsync("consent.withdrawn"))[0].GetProperty("after");
        Assert.Equal(("2026-12-08", "2026-12-09"), (after.GetProperty("dueConservative").GetString(), after.GetProperty("dueStatutory").GetString()));
    }

    [Fact]
    public async Task Help_is_answered_at_night_and_after_a_stop()
    {
        await AgreedAsync();
        await ReceiveAsync("STOP");
        _portal.Clock.Advance(TimeSpan.FromHours(12));

        await ReceiveAsync("HELP");

        await using var db = _portal.Database.Open();
        Assert.Equal(_portal.Now, (await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.HelpReply)).DueAt);
    }

    private async Task<SubscriberId> AgreedAsync()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        return id;
    }

    private Task ReceiveAsync(string text, string from = Theirs) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), from, Ours, text, _portal.Now, null), default);

    private async Task BlockAsync(long message, string code)
    {
        await using var db = _portal.Database.Open();
        var clientRef = await db.OutboundMessages.Where(m => m.Id == message).Select(m => m.ClientRef).SingleAsync();
        await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
            Actor.Provider("vonage"), new DeliveryReceipt("p-1", clientRef, DeliveryStatus.Rejected, code, ProviderErrorClass.OptedOut, _portal.Now, 1, 0.01m, $"key-{code}"), default);
    }

    private async Task MakeJoinableAsync()
    {
        if (!await AnyPersonAsync())
            await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(
            db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "JOIN").SetProperty(x => x.NeedsDoubleOptIn, true)), default);
    }

    private async Task<bool> AnyPersonAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.AnyAsync();
    }

    private Task<Domain.Result<Domain.Done>> SaveAsync(string word, string? language = null, Purpose? purpose = null) =>
        _portal.Get<SaveKeyword>().ExecuteAsync(_portal.Staff, new KeywordDraft((purpose ?? _portal.Offers).Id, word, language), default);

    private async Task AddFrenchWordingAsync() => await _portal.Database.WriteAsync(
        db => Task.FromResult(db.Wordings.Add(new Wording
        {
            Id = WordingId.New(_portal.Now), PurposeId = _portal.Offers.Id, Language = "fr", Version = 1, Text = "J'accepte.", DoubleOptInPrompt = "Répondez OUI.",
            Confirmation = "Bienvenue.", HelpReply = "Aide.", StopReply = "Terminé.", PromisedFrequency = "4 par mois", PrivacyPolicyVersion = "2026-01", ActiveFrom = _portal.Now, Hash = new string('f', 64),
        })), default);

    private async Task SetPolicyAsync(PolicyVersion policy) => await _portal.Database.WriteAsync(
        db => Task.FromResult(db.Policies.Add(new PolicyRow
        {
            Version = 2, Json = JsonSerializer.Serialize(policy, ActivePolicy.Json), Reason = "Test", AuthorId = null, CreatedAt = _portal.Now, ActiveFrom = _portal.Now,
        })), default);

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
