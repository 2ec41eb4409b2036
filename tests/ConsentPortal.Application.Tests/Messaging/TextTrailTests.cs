using System.Data.Common;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>Each change of the send ledger stands in the audit trail, and a verification finds both alike after it.</summary>
public sealed class TextTrailTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignId _campaign;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(3);
        _campaign = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task One_entry_names_the_texts_of_a_batch_with_what_was_decided_and_the_version_of_the_policy()
    {
        await _desk.DecideAsync(_campaign);

        var entry = Assert.Single(await _portal.AuditAsync("texts.decided"));
        Assert.Equal([$"sending, attempt 1: {string.Join(',', await IdsAsync())}"], Texts(entry));
        Assert.Equal((3, 1), (entry.GetProperty("after").GetProperty("count").GetInt32(), entry.GetProperty("policy").GetInt32()));
        Assert.Equal("dispatcher", entry.GetProperty("actor").GetProperty("id").GetString());
        await AgreesAsync();
    }

    [Fact]
    public async Task A_text_that_waits_says_for_what_and_by_which_rule()
    {
        _portal.Clock.Advance(TimeSpan.FromHours(12));

        await _desk.DecideAsync(_campaign);

        Assert.StartsWith("deferred, QuietHours, US-", Assert.Single(Texts(Assert.Single(await _portal.AuditAsync("texts.decided")))), StringComparison.Ordinal);
        await AgreesAsync();
    }

    [Fact]
    public async Task What_the_provider_answered_stands_in_the_entry_of_the_hand_over()
    {
        var texts = await _desk.DecideAsync(_campaign);

        await CommitAsync(
            (texts[0], new SendOutcome.Accepted(["m1"], Parts: 1)), (texts[1], new SendOutcome.Rejected(IsPermanent: true, "1120", null, "Refused.", [])),
            (texts[2], new SendOutcome.Unconfirmed(UnconfirmedCause.Timeout, "No answer.")));

        Assert.Equal(
            [$"accepted: {texts[0].MessageId}", $"failed, ProviderErrorPermanent, 1120: {texts[1].MessageId}", $"unconfirmed, Timeout: {texts[2].MessageId}"],
            Texts(Assert.Single(await _portal.AuditAsync("texts.handedOver"))));
        await AgreesAsync();
    }

    [Fact]
    public async Task Texts_that_are_tried_again_or_put_back_are_named_as_waiting()
    {
        var texts = await _desk.DecideAsync(_campaign);

        await CommitAsync(
            (texts[0], new SendOutcome.Throttled(TimeSpan.FromSeconds(1))), (texts[1], new SendOutcome.Withheld(TimeSpan.Zero)),
            (texts[2], new SendOutcome.Rejected(IsPermanent: false, "+12125552368", ProviderErrorClass.OptedOut, "They opted out.", [])));

        Assert.Equal(
            [$"deferred, Throttled: {texts[0].MessageId}", $"planned: {texts[1].MessageId}", $"skipped, Withdrawn: {texts[2].MessageId}"],
            Texts(Assert.Single(await _portal.AuditAsync("texts.handedOver"))));
        await AgreesAsync();
    }

    [Fact]
    public async Task A_receipt_is_named_whether_it_came_before_the_answer_or_after_it()
    {
        var texts = await _desk.DecideAsync(_campaign);
        await ReceiveAsync("m1", DeliveryStatus.Delivered);
        Assert.Empty(await _portal.AuditAsync("texts.reported"));

        await CommitAsync((texts[0], new SendOutcome.Accepted(["m1"], Parts: 1)), (texts[1], new SendOutcome.Accepted(["m2"], Parts: 1)), (texts[2], new SendOutcome.Accepted(["m3"], Parts: 1)));
        await ReceiveAsync("m2", DeliveryStatus.Failed, "1320");

        Assert.Equal(
            [$"delivered: {texts[0].MessageId}", $"failed, 1320: {texts[1].MessageId}"],
            (await _portal.AuditAsync("texts.reported")).Select(entry => Assert.Single(Texts(entry))));
        await AgreesAsync();
    }

    [Fact]
    public async Task A_text_whose_process_fell_silent_is_named_and_so_is_what_a_person_found_out()
    {
        var text = (await _desk.DecideAsync(_campaign))[0].MessageId;
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        await InDoubt().MarkSilentAsync(default);
        await AgreesAsync();

        Assert.Equal([$"unconfirmed, InDoubt: {string.Join(',', await IdsAsync())}"], Texts(Assert.Single(await _portal.AuditAsync("texts.inDoubt"))));
        _portal.Clock.Advance(TimeSpan.FromHours(25));
        await _portal.Get<SettleDoubts>().ExecuteAsync(_desk.Author, new DoubtsToSettle.Text(text), DoubtSettlement.DidNotLeave, "The provider's support says so", default);
        Assert.Equal([$"failed, SettledAsNotSent: {text}"], Texts(Assert.Single(await _portal.AuditAsync("texts.settled"))));
        await AgreesAsync();
    }

    [Fact]
    public async Task What_a_look_up_said_is_named_and_is_no_word_about_the_state()
    {
        await CommitAsync([.. (await _desk.DecideAsync(_campaign)).Select(text => (text, (SendOutcome)new SendOutcome.Unconfirmed(UnconfirmedCause.Timeout, "No answer.")))]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await InDoubt().LookUpAsync(default);

        var after = Assert.Single(await _portal.AuditAsync("texts.lookedUp")).GetProperty("after");
        Assert.Equal((string.Join(',', await IdsAsync()), ""), (after.GetProperty("notThere").GetString(), after.GetProperty("unanswered").GetString()));
        Assert.False(after.TryGetProperty("texts", out _));
        await AgreesAsync();
    }

    [Fact]
    public async Task A_cancelled_campaign_names_the_texts_that_had_been_decided_on_and_counts_all()
    {
        _portal.Clock.Advance(TimeSpan.FromHours(12));
        var waiting = (await IdsAsync())[0];
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id != waiting).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, _portal.Now.AddDays(1))), default);
        await _desk.DecideAsync(_campaign);

        await _portal.Get<CancelCampaign>().ExecuteAsync(_desk.Author, _campaign, "The offer has ended", default);

        Assert.Equal(3, Assert.Single(await _portal.AuditAsync("campaign.cancelled")).GetProperty("after").GetProperty("skipped").GetInt32());
        Assert.Equal([$"skipped, CampaignCancelled, {await RuleAsync(waiting)}: {waiting}"], Texts(Assert.Single(await _portal.AuditAsync("texts.skipped"))));
        await AgreesAsync();
    }

    [Fact]
    public async Task A_withdrawal_names_the_texts_that_it_ends()
    {
        _portal.Clock.Advance(TimeSpan.FromHours(12));
        await _desk.DecideAsync(_campaign);
        var text = (await _desk.TextsAsync(_campaign))[1];

        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, text.SubscriberId, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked at the counter", _portal.Now), default);

        // The welcome to the programme waited, too.
        await using var db = _portal.Database.Open();
        var welcome = await db.OutboundMessages.Where(m => m.SubscriberId == text.SubscriberId && m.CampaignId == null).Select(m => m.Id).SingleAsync();
        Assert.Equal([$"skipped, Withdrawn, C-10: {welcome},{text.Id}"], Texts(Assert.Single(await _portal.AuditAsync("texts.skipped"))));
        await AgreesAsync();
    }

    [Fact]
    public async Task The_entries_of_a_text_stand_with_its_decision_for_whom_the_trail_is_open()
    {
        var texts = await _desk.DecideAsync(_campaign);
        await CommitAsync([.. texts.Select((text, i) => (text, (SendOutcome)new SendOutcome.Accepted([$"m{i}"], Parts: 1)))]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await ReceiveAsync("m0", DeliveryStatus.Delivered);
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await ReceiveAsync("m1", DeliveryStatus.Delivered);
        var support = await _portal.AddStaffAsync("Sam Reyes", [Permissions.ViewSubscribers]);

        Assert.Equal(["texts.decided", "texts.handedOver", "texts.reported"], (await DecisionAsync(_desk.Author, texts[1])).Entries.Select(e => e.Action));
        Assert.Equal(["texts.decided", "texts.handedOver"], (await DecisionAsync(_desk.Author, texts[2])).Entries.Select(e => e.Action));
        Assert.Empty((await DecisionAsync(support, texts[1])).Entries);
    }

    [Fact]
    public async Task Neither_an_erasure_nor_retention_nor_a_process_that_died_leaves_a_text_that_looks_put_in()
    {
        var texts = await _desk.DecideAsync(_campaign);
        await CommitAsync((texts[0], new SendOutcome.Accepted(["m1"], Parts: 1)), (texts[1], new SendOutcome.Accepted(["m2"], Parts: 1)));
        await ReceiveAsync("m1", DeliveryStatus.Delivered);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await InDoubt().MarkSilentAsync(default);
        await AgreesAsync();

        var requests = await RequestDesk.OpenAsync(_portal);
        Assert.Null((await requests.EraseAsync(await requests.ApprovedErasureAsync(texts[0].SubscriberId))).Failure);
        await AgreesAsync();

        _portal.Clock.Advance(TimeSpan.FromDays(366 * 6));
        Assert.Null((await _portal.Get<RunRetention>().ExecuteAsync(_portal.Staff, default)).Failure);
        await AgreesAsync();
    }

    [Fact]
    public async Task A_text_that_is_committed_while_the_ledger_is_compared_is_not_taken_for_one_that_was_put_in()
    {
        var meanwhile = new BeforeLedgerIsRead();
        await using var portal = await PeoplePortal.OpenAsync(watch: meanwhile);
        var desk = await CampaignDesk.OpenAsync(portal);
        await desk.PeopleAsync(2);
        await LaunchAsync(desk);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.ReaderAsync(null, "+12125559000");
        await portal.SealAsync();
        Assert.Empty((await portal.Get<AuditLog>().VerifyAsync(portal.Staff, default)).Problems);

        meanwhile.Act = () => LaunchAsync(desk);
        var found = await portal.Get<AuditLog>().VerifyAsync(portal.Staff, default);

        Assert.Null(meanwhile.Act);
        Assert.Empty(found.Problems);
    }

    private static async Task LaunchAsync(CampaignDesk desk)
    {
        var campaign = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        Assert.NotEmpty(await desk.DecideAsync(campaign));
    }

    /// <summary>Does something, once, between the moment at which the log was read and the one at which the ledger is.</summary>
    private sealed class BeforeLedgerIsRead : DbCommandInterceptor
    {
        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && command.CommandText.Contains("\"IsLater\"", StringComparison.Ordinal))
            {
                Act = null;
                await act();
            }

            return result;
        }
    }

    [Fact]
    public async Task An_entry_names_a_thousand_texts_at_most()
    {
        var trail = new TextTrail("texts.decided");
        for (var id = 1; id <= 2_001; id++)
            trail.Says(id, MessageState.Deferred);

        await _portal.Database.WriteAsync(
            db =>
            {
                trail.WriteTo(db, _portal.Staff, _portal.Now);
                return Task.CompletedTask;
            },
            default);

        Assert.Equal([1_000, 1_000, 1], (await _portal.AuditAsync("texts.decided")).Select(entry => entry.GetProperty("after").GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task No_list_of_texts_and_no_code_can_spell_a_number_and_each_id_is_read_back()
    {
        var (trail, read) = (new TextTrail("texts.decided"), new List<NamedText>());
        foreach (var id in new long[] { 415, 555, 2368, 612_345_678, 12_125_552_368 })
            trail.Says(id, MessageState.Failed, TextTrail.Code("1320"), TextTrail.Code("12125552368"), TextTrail.Code("to: Ada Okafor"));

        await _portal.Database.WriteAsync(
            db =>
            {
                trail.WriteTo(db, _portal.Staff, _portal.Now);
                return Task.CompletedTask;
            },
            default);

        await using var look = _portal.Database.Open();
        NamedTexts.Read(await look.AuditEntries.Where(e => e.Action == "texts.decided").Select(e => e.Leaf).SingleAsync(), read);
        Assert.Equal(["failed, 1320: 415,555,2368,612_345678,12125_552368"], Texts(Assert.Single(await _portal.AuditAsync("texts.decided"))));
        Assert.Equal([415, 555, 2368, 612_345_678, 12_125_552_368], read.Select(text => text.Id));
        Assert.All(read, text => Assert.Equal(MessageState.Failed, text.State));
    }

    private async Task AgreesAsync()
    {
        // Once with the last entries unsealed, as while the dispatcher is at work.
        Assert.Empty((await _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default)).Problems);
        await _portal.SealAsync();
        Assert.Empty((await _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default)).Problems);
    }

    private async Task<PastDecision> DecisionAsync(Actor actor, AllowedText text) => (await _portal.Get<PastDecisions>().GetAsync(actor, text.SubscriberId, text.MessageId, default)).Value;

    private static IReadOnlyList<string> Texts(JsonElement entry) => [.. entry.GetProperty("after").GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];

    private async Task<IReadOnlyList<long>> IdsAsync() => [.. (await _desk.TextsAsync(_campaign)).Select(m => m.Id)];

    private async Task<string?> RuleAsync(long id) => (await _desk.TextsAsync(_campaign)).Single(m => m.Id == id).Rule;

    private Task CommitAsync(params (AllowedText Text, SendOutcome Outcome)[] results) =>
        new DispatchOutcomes(_portal.Database, _portal.Get<SendingGate>(), Options.Create(new DispatchOptions()), _portal.Clock).CommitAsync(results, default);

    private Task ReceiveAsync(string id, DeliveryStatus status, string? code = null) => _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
        Actor.Provider("vonage"), new DeliveryReceipt(id, null, status, code, null, _portal.Now, Parts: 1, Price: 0.03m, $"{id}:{status}"), default);

    private MessagesInDoubt InDoubt() => new(
        _portal.Database, _portal.Get<SubscriberVault>(), _portal.Get<MatchParkedReceipts>(), _portal.Get<ReceiveDeliveryReceipt>(), _portal.Get<ISmsGateway>(), Options.Create(new DispatchOptions()),
        _portal.Clock);
}
