using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Messaging.Simulator;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class MessageDispatcherTests : IAsyncLifetime
{
    private const string Words = "Aurora: hello {{ firstName | default: \"there\" }}. Reply STOP to opt out.";

    private PeoplePortal _portal = null!;
    private SimulatedProvider _provider = null!;
    private CampaignId _campaign;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _provider = await SimulatedProvider.StartAsync();
        _campaign = await AddSendingCampaignAsync();
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task An_allowed_text_leaves_once_with_the_decision_that_allowed_it()
    {
        var row = await PlanAsync(await AddConsentingPersonAsync());

        await DispatchAllAsync();
        await DispatchAllAsync();

        var message = await FindAsync(row);
        Assert.Equal((MessageState.Accepted, 1, 1), (message.State, message.DecisionKind, message.Attempts));
        Assert.NotNull(message.ConsentEventId);
        Assert.NotNull(message.PolicyVersion);
        Assert.NotNull(message.ProviderMessageId);
        Assert.Equal(["Aurora: hello Ada. Reply STOP to opt out."], SentTexts());
    }

    [Fact]
    public async Task A_paced_campaign_sends_what_its_minute_allows_and_goes_on_later()
    {
        for (var i = 0; i < 3; i++)
            await PlanAsync(await AddConsentingPersonAsync($"+1212555236{i}"));
        await DispatchAnswersAsync();
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync(c => c.Id == _campaign)).TextsPerMinute = 60, default);

        await DispatchAllAsync();
        Assert.Single(SentTexts());
        await DispatchAllAsync();
        Assert.Single(SentTexts());

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await DispatchAllAsync();
        Assert.Equal(2, SentTexts().Count);
    }

    [Fact]
    public async Task A_person_gets_the_words_of_the_variant_in_their_row()
    {
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync(c => c.Id == _campaign)).Write([(Words, 1), ("Aurora: hello from B. Reply STOP to opt out.", 1)]), default);
        var row = await PlanAsync(await AddConsentingPersonAsync());
        await _portal.Database.WriteAsync(async db => (await db.OutboundMessages.SingleAsync(m => m.Id == row)).Variant = 'B', default);

        await DispatchAllAsync();

        Assert.Equal(["Aurora: hello from B. Reply STOP to opt out."], SentTexts());
    }

    [Fact]
    public async Task A_text_without_consent_is_skipped_and_says_why()
    {
        var row = await PlanAsync(await _portal.AddPersonAsync());

        await DispatchAllAsync();

        var message = await FindAsync(row);
        Assert.Equal((MessageState.Skipped, "NoConsent"), (message.State, message.Reason));
        Assert.NotNull(message.Rule);
        Assert.Empty(SentTexts());
    }

    [Fact]
    public async Task A_stop_after_planning_is_seen_when_the_text_is_taken()
    {
        var id = await AddConsentingPersonAsync();
        var row = await PlanAsync(id);
        await StopAsync();

        await DispatchAllAsync();

        Assert.Equal(MessageState.Skipped, (await FindAsync(row)).State);
        Assert.Empty(SentTexts());
    }

    [Fact]
    public async Task At_night_a_text_waits_for_the_morning_of_the_recipient()
    {
        _portal.Clock.Advance(TimeSpan.FromHours(12));
        var row = await PlanAsync(await AddConsentingPersonAsync());

        await DispatchAllAsync();

        var message = await FindAsync(row);
        Assert.Equal((MessageState.Deferred, "QuietHours"), (message.State, message.Reason));
        Assert.True(message.DueAt > _portal.Now);
        _portal.Clock.SetUtcNow(message.DueAt);
        await DispatchAllAsync();
        Assert.Equal(MessageState.Accepted, (await FindAsync(row)).State);
    }

    [Fact]
    public async Task A_paused_campaign_sends_nothing_but_answers_still_go()
    {
        var id = await AddConsentingPersonAsync();
        await PlanAsync(id);
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync()).Pause("Look again"), default);

        await DispatchAllAsync();

        Assert.Empty(SentTexts());
        Assert.Contains(_provider.Simulator.Journal.Page(0, 10), text => text.Text == "Welcome.");
    }

    [Fact]
    public async Task A_text_whose_connection_broke_is_never_sent_again()
    {
        var row = await PlanAsync(await AddConsentingPersonAsync());
        await DispatchAnswersAsync();
        _provider.Simulator.Options = SimulatorOptions.Prompt with { ResetsAfterAcceptance = 1 };

        await DispatchAllAsync();
        Assert.Equal((MessageState.Unconfirmed, "InDoubt"), ((await FindAsync(row)).State, (await FindAsync(row)).Reason));
        _provider.Simulator.Options = SimulatorOptions.Prompt;
        await DispatchAllAsync();
        Assert.Single(SentTexts());
    }

    [Fact]
    public async Task A_text_in_doubt_is_found_in_the_providers_records_by_its_reference()
    {
        var (found, lost) = (await PlanAsync(await AddConsentingPersonAsync()), await PlanAsync(await AddConsentingPersonAsync("+12125552369")));
        var now = TimeProvider.System.GetUtcNow();
        _portal.Clock.SetUtcNow(now);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.SentAt, now.AddMinutes(-3)), default),
            default);
        await _provider.SendAsync(clientRef: (await FindAsync(found)).ClientRef);
        await _provider.QuietAsync();

        await InDoubt().LookUpAsync(default);

        Assert.Equal(MessageState.Delivered, (await FindAsync(found)).State);
        Assert.Equal(MessageState.Unconfirmed, (await FindAsync(lost)).State);
    }

    [Fact]
    public async Task What_the_records_say_of_a_text_in_doubt_teaches_about_the_number_what_a_receipt_would()
    {
        var row = await PlanAsync(await AddConsentingPersonAsync("+12125991240"));
        var now = TimeProvider.System.GetUtcNow();
        _portal.Clock.SetUtcNow(now);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.SentAt, now.AddMinutes(-3)), default),
            default);
        await _provider.SendAsync("+12125991240", (await FindAsync(row)).ClientRef);
        await _provider.QuietAsync();

        await InDoubt().LookUpAsync(default);

        Assert.Equal((MessageState.Failed, "1240"), ((await FindAsync(row)).State, (await FindAsync(row)).ErrorCode));
        Assert.Single(await _portal.AuditAsync("consent.withdrawn"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(3_600, 3_600)]
    [InlineData(5, 20)]
    [InlineData(20 * 24 * 3_600, 7 * 24 * 3_600)]
    public async Task The_provider_is_told_when_a_text_is_not_wanted_any_more(int? secondsLeft, int? life)
    {
        var row = await PlanAsync(await AddConsentingPersonAsync());
        await _portal.Database.WriteAsync(async db => (await db.OutboundMessages.SingleAsync(m => m.Id == row)).NotAfter = secondsLeft is { } left ? _portal.Now.AddSeconds(left) : null, default);
        var decisions = new DispatchDecisions(
            _portal.Database, _portal.Get<SendFactsReader>(), _portal.Get<SubjectKeys>(), new SendingGate(), _portal.Get<PublicAddress>(), _portal.Get<ShortLinks>(), Options.Create(new DispatchOptions()), _portal.Clock);

        var text = Assert.Single((await decisions.CommitAsync([row], default)).Allowed).Outgoing;

        Assert.Equal(life, (int?)text.TimeToLive?.TotalSeconds);
    }

    [Fact]
    public async Task A_text_in_doubt_to_a_former_number_is_not_looked_for_under_the_new_one()
    {
        var now = TimeProvider.System.GetUtcNow();
        _portal.Clock.SetUtcNow(now);
        var person = await AddConsentingPersonAsync();
        var row = await PlanAsync(person);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.SentAt, now.AddMinutes(-3)).SetProperty(x => x.NumberPeriodId, NumberPeriodId.New(now.AddDays(-1))), default),
            default);
        await _provider.SendAsync(clientRef: (await FindAsync(row)).ClientRef);
        await _provider.QuietAsync();

        await InDoubt().LookUpAsync(default);

        Assert.Equal(MessageState.Unconfirmed, (await FindAsync(row)).State);
        Assert.DoesNotContain(_provider.Simulator.Requests.Last(10), call => call.Path.Contains("reports", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_remembers_the_number_that_it_went_to()
    {
        var person = await AddConsentingPersonAsync();
        var row = await PlanAsync(person);

        await DispatchAllAsync();

        await using var db = _portal.Database.Open();
        Assert.Equal((await db.Subscribers.SingleAsync()).CurrentPeriodId, (await FindAsync(row)).NumberPeriodId);
    }

    [Fact]
    public async Task A_number_that_fails_again_and_again_gets_answers_and_no_marketing_until_one_arrives()
    {
        var person = await AddConsentingPersonAsync();
        await DispatchAnswersAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect), default), default);
        var row = await PlanAsync(person);
        await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(Actor.Provider("vonage"), new InboundText("m-help", "+12125552368", "+12025550111", "HELP", _portal.Now, null), default);

        await DispatchAllAsync();

        var text = await FindAsync(row);
        Assert.Equal((MessageState.Skipped, "SuspectNumber", "P-06"), (text.State, text.Reason, text.Rule));
        await using var db = _portal.Database.Open();
        Assert.Equal(MessageState.Accepted, (await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.HelpReply)).State);
    }

    [Fact]
    public async Task While_receipts_blame_the_account_nothing_leaves()
    {
        var row = await PlanAsync(await AddConsentingPersonAsync());
        await _portal.Database.WriteAsync(db => SendingStopNotice.HoldAsync(db, Actor.Job("test"), "1070", "No credit left.", _portal.Now, default), default);

        await DispatchAllAsync();
        Assert.Equal((MessageState.Planned, 0), ((await FindAsync(row)).State, _provider.Simulator.Journal.Count));

        await new SendAgain(_portal.Database, _portal.Clock).ExecuteAsync(_portal.Staff, "Topped up", default);
        await DispatchAllAsync();
        Assert.Equal(MessageState.Accepted, (await FindAsync(row)).State);
    }

    [Theory]
    [InlineData(false, 0, MessageState.Delivered)]
    [InlineData(false, 2, MessageState.Failed)]
    [InlineData(true, 0, MessageState.Delivered)]
    [InlineData(true, 2, MessageState.Failed)]
    public async Task A_long_text_of_the_SMS_API_has_arrived_when_every_part_has(bool hexadecimal, int failedPart, MessageState end)
    {
        (_provider.Settings.ApplicationId, _provider.Settings.PrivateKey, _provider.Settings.Api) = (null, null, Application.Messaging.Vonage.VonageApi.Sms);
        _provider.Simulator.Options = SimulatorOptions.Prompt with { HexadecimalIds = hexadecimal, FailedPart = failedPart };
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync(c => c.Id == _campaign)).Write([($"Aurora: {new string('x', 200)} Reply STOP to opt out.", 1)]), default);
        await AddConsentingPersonAsync();
        await DispatchAnswersAsync();
        await _provider.QuietAsync();
        while (_provider.HasMore)
            await _provider.NextAsync();
        await using var read = _portal.Database.Open();
        var row = await PlanAsync((await read.Subscribers.SingleAsync()).Id);
        await DispatchAllAsync();
        await _provider.QuietAsync();

        while (_provider.HasMore)
            await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Actor.Provider("vonage"), await _provider.NextReceiptAsync(), default);

        Assert.Equal((end, 2), ((await FindAsync(row)).State, await read.SentParts.CountAsync()));
    }

    [Fact]
    public async Task A_stop_that_another_process_commits_while_a_text_waits_for_its_turn_keeps_it_back()
    {
        var (stopped, other) = (await PlanAsync(await AddConsentingPersonAsync()), await PlanAsync(await AddConsentingPersonAsync("+12125552369")));
        var ours = new SendingGate();
        var decisions = new DispatchDecisions(
            _portal.Database, _portal.Get<SendFactsReader>(), _portal.Get<SubjectKeys>(), ours, _portal.Get<PublicAddress>(), _portal.Get<ShortLinks>(), Options.Create(new DispatchOptions()), _portal.Clock);
        var allowed = (await decisions.CommitAsync([stopped, other], default)).Allowed;
        Assert.Equal(2, allowed.Count);
        // By the gate of the portal, which is another process to the one that sends.
        await StopAsync();

        var results = await new HandOver(_portal.Database, ours, _provider.Client, _portal.Clock, NullLogger<HandOver>.Instance).ExecuteAsync(allowed, default);

        Assert.IsType<SendOutcome.Withheld>(results.Single(r => r.Text.MessageId == stopped).Outcome);
        Assert.IsType<SendOutcome.Accepted>(results.Single(r => r.Text.MessageId == other).Outcome);
        Assert.Single(SentTexts());
    }

    [Fact]
    public async Task A_text_that_a_dead_process_was_sending_is_unconfirmed_and_stays()
    {
        var id = await AddConsentingPersonAsync();
        var row = await PlanAsync(id);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == row).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Sending).SetProperty(x => x.SendingBy, "gone").SetProperty(x => x.LeaseUntil, _portal.Now.AddMinutes(1)), default), default);

        await DispatchAllAsync();
        Assert.Equal(MessageState.Sending, (await FindAsync(row)).State);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await DispatchAllAsync();

        Assert.Equal(MessageState.Unconfirmed, (await FindAsync(row)).State);
        Assert.Empty(SentTexts());
    }

    [Fact]
    public async Task A_refused_account_fails_no_text()
    {
        var row = await PlanAsync(await AddConsentingPersonAsync());
        await DispatchAnswersAsync();
        _provider.Settings.ApiSecret = "another secret";
        _provider.Settings.ApplicationId = null;
        _provider.Settings.PrivateKey = null;

        await DispatchOnceWithoutPauseAsync();

        Assert.Equal(MessageState.Deferred, (await FindAsync(row)).State);
        Assert.Null((await FindAsync(row)).SentAt);
    }

    [Theory]
    [Trait("Rule", "US-16")]
    [InlineData(299, MessageState.Accepted, null)]
    [InlineData(300, MessageState.Accepted, null)]
    [InlineData(301, MessageState.Skipped, "AnswerTooLate")]
    public async Task A_confirmation_of_a_stop_that_comes_too_late_is_dropped(int seconds, MessageState state, string? reason)
    {
        await AddConsentingPersonAsync();
        await DispatchAnswersAsync();
        await StopAsync();
        _portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

        await DispatchAllAsync();

        await using var db = _portal.Database.Open();
        var answer = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.OptOutConfirmation);
        Assert.Equal((state, reason), (answer.State, answer.Reason));
    }

    [Theory]
    [Trait("Rule", "US-16")]
    [InlineData(200, 100, MessageState.Accepted, null)]
    [InlineData(200, 101, MessageState.Skipped, "AnswerTooLate")]
    [InlineData(301, 0, MessageState.Skipped, "AnswerTooLate")]
    public async Task The_time_for_the_confirmation_of_a_stop_runs_from_when_the_stop_came(int readAfter, int sentAfter, MessageState state, string? reason)
    {
        await AddConsentingPersonAsync();
        await DispatchAnswersAsync();
        var came = _portal.Now;
        _portal.Clock.Advance(TimeSpan.FromSeconds(readAfter));
        await StopAsync(came);
        _portal.Clock.Advance(TimeSpan.FromSeconds(sentAfter));

        await DispatchAllAsync();

        await using var db = _portal.Database.Open();
        var answer = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.OptOutConfirmation);
        Assert.Equal((state, reason, reason is null ? null : "US-16"), (answer.State, answer.Reason, answer.Rule));
        Assert.Equal(came.AddMinutes(5), answer.NotAfter);
    }

    [Fact]
    public async Task The_confirmation_of_a_stop_leaves_although_the_person_has_stopped()
    {
        await AddConsentingPersonAsync();
        await StopAsync();

        await DispatchAllAsync();

        Assert.Contains(_provider.Simulator.Journal.Page(0, 10), text => text.Text == "You are out.");
    }

    [Fact]
    public async Task Two_dispatchers_at_once_send_each_text_once()
    {
        for (var i = 0; i < 60; i++)
            await PlanAsync(await AddConsentingPersonAsync($"+1212555{2000 + i}"));
        var (one, two) = (Dispatcher(), Dispatcher());

        await Task.WhenAll(DrainAsync(one), DrainAsync(two));

        Assert.Equal(60, SentTexts().Count);
        Assert.Equal(60, _provider.Simulator.Journal.Page(0, 1_000).Where(t => t.Text.Contains("hello", StringComparison.Ordinal)).Select(t => t.To).Distinct().Count());
    }

    [Fact]
    public async Task One_person_gets_their_second_text_only_after_the_first_was_counted()
    {
        await _portal.Database.WriteAsync(db => db.Purposes.ExecuteUpdateAsync(p => p.SetProperty(x => x.PromisedPerMonth, 1)), default);
        var id = await AddConsentingPersonAsync();
        await PlanAsync(id);
        var second = await AddSendingCampaignAsync();
        var row = await PlanAsync(id, second);

        await DispatchAllAsync();

        Assert.Single(SentTexts());
        Assert.Equal("PromisedFrequency", (await FindAsync(row)).Reason);
    }

    private static async Task DrainAsync(MessageDispatcher dispatcher)
    {
        for (var turns = 0; turns < 100 && await dispatcher.DispatchOnceAsync(default) > 0; turns++)
        {
        }
    }

    private Task DispatchAllAsync() => DrainAsync(Dispatcher());

    /// <summary>The welcome text of a fresh consent goes first, so that a test can look at the campaign's alone.</summary>
    private async Task DispatchAnswersAsync()
    {
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.FirstAsync()).Pause("Answers first"), default);
        await DispatchAllAsync();
        await _portal.Database.WriteAsync(
            async db =>
            {
                var campaign = await db.Campaigns.FirstAsync();
                campaign.Resume(isPlanned: true, _portal.Now);
                campaign.BeginSending();
            },
            default);
    }

    private async Task DispatchOnceWithoutPauseAsync()
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Dispatcher().DispatchOnceAsync(brief.Token));
    }

    private MessageDispatcher Dispatcher()
    {
        var options = Options.Create(new DispatchOptions());
        var gate = _portal.Get<SendingGate>();
        return new MessageDispatcher(
            new DispatchQueue(_portal.Database, _portal.Clock),
            new DispatchDecisions(_portal.Database, _portal.Get<SendFactsReader>(), _portal.Get<SubjectKeys>(), gate, _portal.Get<PublicAddress>(), _portal.Get<ShortLinks>(), options, _portal.Clock),
            new HandOver(_portal.Database, gate, _provider.Client, _portal.Clock, NullLogger<HandOver>.Instance), new DispatchOutcomes(_portal.Database, gate, options, _portal.Clock), InDoubt(),
            new SendingStopNotice(_portal.Database, _portal.Clock), options, _portal.Clock, NullLogger<MessageDispatcher>.Instance);
    }

    private MessagesInDoubt InDoubt() => new(
        _portal.Database, _portal.Get<SubscriberVault>(), new MatchParkedReceipts(_portal.Database, _portal.Get<SendingGate>(), _portal.Clock), _portal.Get<ReceiveDeliveryReceipt>(), _provider.Client,
        Options.Create(new DispatchOptions()), _portal.Clock);

    private List<string> SentTexts() =>
        [.. _provider.Simulator.Journal.Page(0, 1_000).Select(t => t.Text).Where(t => t.Contains("hello", StringComparison.Ordinal))];

    private async Task<SubscriberId> AddConsentingPersonAsync(string e164 = "+12125552368")
    {
        var id = await _portal.AddPersonAsync(e164);
        await _portal.ConsentAsync(id);
        return id;
    }

    private Task StopAsync(DateTimeOffset? receivedAt = null) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), "+12125552368", "+12025550111", "STOP", receivedAt ?? _portal.Now, null), default);

    private async Task<long> PlanAsync(SubscriberId id, CampaignId? campaign = null) => await _portal.Database.WriteAsync(
        async db =>
        {
            var message = new OutboundMessage
            {
                SubscriberId = id, CampaignId = campaign ?? _campaign, Kind = MessageKind.Campaign, MessageClass = _portal.Offers.MessageClass, PurposeId = _portal.Offers.Id,
                ClientRef = Guid.CreateVersion7().ToString("N"), PlannedAt = _portal.Now, DueAt = _portal.Now, State = MessageState.Planned,
            };
            db.OutboundMessages.Add(message);
            await db.SaveChangesAsync();
            return message.Id;
        },
        default);

    private async Task<CampaignId> AddSendingCampaignAsync()
    {
        var segment = new Segment { Id = SegmentId.New(_portal.Now), Name = $"Everybody {Guid.CreateVersion7():N}", CurrentVersion = 1, CreatedAt = _portal.Now };
        var campaign = new Campaign
        {
            Id = CampaignId.New(_portal.Now), Name = "Hello", PurposeId = _portal.Offers.Id, SegmentId = segment.Id, SegmentVersion = 1, Body = Words,
            StartAt = _portal.Now, AuthorId = Guid.CreateVersion7(), CreatedAt = _portal.Now, DryRunId = Guid.CreateVersion7(),
        };
        campaign.Submit(Guid.CreateVersion7());
        campaign.Approve(Guid.CreateVersion7(), "hash", _portal.Now);
        campaign.Start("hash", _portal.Now);
        campaign.BeginSending();
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Segments.Add(segment);
                db.Campaigns.Add(campaign);
                return Task.CompletedTask;
            },
            default);
        return campaign.Id;
    }

    private async Task<OutboundMessage> FindAsync(long id)
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id);
    }
}
