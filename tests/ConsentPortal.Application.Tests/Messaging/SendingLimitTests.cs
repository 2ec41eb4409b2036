using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class SendingLimitTests : IAsyncLifetime
{
    private const string Sender = "+12025550111";
    private const string Ours = "310260";
    private const string Theirs = "310410";

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignPlanner _planner = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        _planner = _desk.Planner(batch: 50);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_is_above_the_day_waits_for_the_next_one_and_says_why()
    {
        var id = await PlannedAsync(25);
        await SaveAsync(perDay: 20);

        Assert.Equal(20, (await _desk.DecideAsync(id)).Count);

        var waiting = (await _desk.TextsAsync(id)).Where(t => t.State == MessageState.Deferred).ToList();
        Assert.Equal(5, waiting.Count);
        Assert.All(waiting, t => Assert.Equal((nameof(SendReason.SenderLimit), (int)DecisionKind.Allow), (t.Reason, t.DecisionKind)));
        Assert.Equal(0, TimeZoneInfo.ConvertTimeBySystemTimeZoneId(waiting[0].DueAt, "America/Los_Angeles").Hour);
    }

    [Fact]
    public async Task Two_campaigns_of_one_sender_draw_on_one_day()
    {
        var (first, second) = (await PlannedAsync(15), await PlannedAsync(0));
        await SaveAsync(perDay: 20);

        Assert.Equal(15, (await _desk.DecideAsync(first)).Count);
        Assert.Equal(5, (await _desk.DecideAsync(second)).Count);
        Assert.Equal(20, Assert.Single((await ListAsync()).Limits).UsedToday);
    }

    [Fact]
    public async Task Nothing_waits_beyond_the_moment_after_which_it_is_not_wanted()
    {
        var id = await PlannedAsync(21, notAfter: _portal.Now.AddHours(2));
        await SaveAsync(perDay: 20);

        await _desk.DecideAsync(id);

        Assert.Equal(nameof(SendReason.PastNotAfter), Assert.Single(await _desk.TextsAsync(id), t => t.State == MessageState.Skipped).Reason);
    }

    [Fact]
    public async Task The_queue_takes_no_more_of_a_sender_than_its_minute_has_room_for()
    {
        var id = await PlannedAsync(9);
        await SaveAsync(perMinute: 60);
        await AnswersGoneAsync();
        var queue = new DispatchQueue(_portal.Database, _portal.Clock);

        Assert.Single(await queue.NextAsync(64, default));
        Assert.Single(await _desk.DecideAsync(id));
        Assert.Empty(await queue.NextAsync(64, default));
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(await queue.NextAsync(64, default));
    }

    [Fact]
    public async Task The_limit_of_a_carrier_holds_back_its_own_numbers_alone()
    {
        var id = await PlannedAsync(30);
        var people = (await _desk.TextsAsync(id)).Select(t => t.SubscriberId).ToList();
        await NetworkAsync(people.Take(25), Ours);
        await NetworkAsync(people.Skip(25), Theirs);
        await SaveAsync(perDay: 20, carrier: "Ours", networks: Ours);

        var allowed = await _desk.DecideAsync(id);

        Assert.Equal(25, allowed.Count);
        Assert.Equal(5, allowed.Count(t => people.IndexOf(t.SubscriberId) >= 25));
    }

    [Fact]
    public async Task The_answer_to_a_stop_counts_and_is_never_held_back()
    {
        var id = await PlannedAsync(20);
        await SaveAsync(perDay: 20);
        await _desk.DecideAsync(id);
        await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
            Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), "+12125553000", Sender, "STOP", _portal.Now, null), default);
        var answer = await RowAsync(m => m.Kind == MessageKind.OptOutConfirmation);

        await DecideAsync(answer.Id);

        Assert.Equal(MessageState.Sending, (await RowAsync(m => m.Id == answer.Id)).State);
        Assert.True(Assert.Single((await ListAsync()).Limits).UsedToday > 20);
    }

    [Fact]
    public async Task A_carrier_whose_day_is_full_is_left_alone_until_tomorrow_and_others_are_not()
    {
        var id = await PlannedAsync(12);
        var texts = await _desk.TextsAsync(id);
        await NetworkAsync(texts.Take(6).Select(t => t.SubscriberId), Ours);
        await NetworkAsync(texts.Skip(6).Select(t => t.SubscriberId), Theirs);

        await ReceiveFullAsync(texts[0], Ours);
        var allowed = await _desk.DecideAsync(id);

        Assert.Equal(texts.Skip(6).Select(t => t.Id), allowed.Select(t => t.MessageId));
        var held = Assert.Single((await ListAsync()).Limits);
        Assert.Equal((Sender, Ours, "US", false), (held.Sender, held.Networks, held.Country, held.IsEntered));
        Assert.True(held.HeldUntil > _portal.Now);
        Assert.Single(await _portal.AuditAsync("sending.limitHeld"));
    }

    [Fact]
    public async Task Of_a_number_with_an_unknown_carrier_a_full_day_holds_back_the_whole_sender()
    {
        var id = await PlannedAsync(4);

        await ReceiveFullAsync((await _desk.TextsAsync(id))[0], network: null);

        Assert.Empty(await _desk.DecideAsync(id));
        Assert.Equal("", Assert.Single((await ListAsync()).Limits).Networks);
    }

    [Fact]
    public async Task A_second_refusal_of_the_day_adds_nothing()
    {
        var id = await PlannedAsync(2);
        var texts = await _desk.TextsAsync(id);

        await ReceiveFullAsync(texts[0], Ours);
        await ReceiveFullAsync(texts[1], Ours);

        Assert.Single((await ListAsync()).Limits);
        Assert.Single(await _portal.AuditAsync("sending.limitHeld"));
    }

    [Fact]
    public async Task Whoever_lets_a_held_sender_send_on_wakes_what_waited()
    {
        var id = await PlannedAsync(4);
        await ReceiveFullAsync((await _desk.TextsAsync(id))[0], network: null);
        await _desk.DecideAsync(id);
        var limit = Assert.Single((await ListAsync()).Limits);

        Assert.Null((await _portal.Get<ReleaseSendingHold>().ExecuteAsync(_desk.Author, limit.Id, default)).Failure);

        Assert.Equal(3, (await _desk.DecideAsync(id)).Count);
        Assert.Single(await _portal.AuditAsync("sending.limitReleased"));
        Assert.NotNull((await _portal.Get<ReleaseSendingHold>().ExecuteAsync(_desk.Author, limit.Id, default)).Failure);
    }

    [Fact]
    public async Task A_removed_limit_holds_nothing_back()
    {
        var id = await PlannedAsync(22);
        await SaveAsync(perDay: 20);
        await _desk.DecideAsync(id);

        Assert.Null((await _portal.Get<RemoveSendingLimit>().ExecuteAsync(_desk.Author, Assert.Single((await ListAsync()).Limits).Id, default)).Failure);

        Assert.Equal(2, (await _desk.DecideAsync(id)).Count);
        Assert.Single(await _portal.AuditAsync("sending.limitRemoved"));
    }

    [Fact]
    public async Task A_changed_limit_keeps_what_is_used()
    {
        var id = await PlannedAsync(22);
        await SaveAsync(perDay: 20);
        await _desk.DecideAsync(id);

        await SaveAsync(Assert.Single((await ListAsync()).Limits).Id, perDay: 21);

        Assert.Equal((21, 20), (Assert.Single((await ListAsync()).Limits).PartsPerDay, Assert.Single((await ListAsync()).Limits).UsedToday));
        Assert.Contains("20", Assert.Single(await _portal.AuditAsync("sending.limitChanged")).GetProperty("before").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, "America/New_York", "parts a minute or a day")]
    [InlineData(0, null, null, null, "America/New_York", "Parts a minute")]
    [InlineData(null, 5, null, null, "America/New_York", "Parts a day")]
    [InlineData(60, null, null, null, "Mars/Olympus", "time zone")]
    [InlineData(60, null, "T", "31026x", "America/New_York", "codes of the carrier")]
    [InlineData(60, null, "T", "", "America/New_York", "codes of the carrier")]
    public async Task What_makes_no_sense_is_refused_with_what_to_do(int? perMinute, int? perDay, string? carrier, string? networks, string zone, string says)
    {
        var saved = await _portal.Get<SaveSendingLimit>().ExecuteAsync(_desk.Author, null, new SendingLimitDraft(Sender, carrier, "US", networks, perMinute, perDay, zone), default);

        Assert.Contains(says, saved.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty((await ListAsync()).Limits);
    }

    [Fact]
    public async Task One_carrier_of_a_sender_has_one_limit()
    {
        await SaveAsync(perDay: 20, carrier: "Ours", networks: $"{Ours} 310160");

        var again = await _portal.Get<SaveSendingLimit>().ExecuteAsync(_desk.Author, null, new SendingLimitDraft(Sender, "Same", "US", Ours, 60, null, "America/New_York"), default);

        Assert.IsType<SendingLimitRefused>(again.Failure);
    }

    [Fact]
    public async Task Whoever_may_not_change_settings_changes_no_limit()
    {
        var marketer = await _portal.AddStaffAsync("Ida Brandt", [Permissions.ViewCampaigns]);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveSendingLimit>().ExecuteAsync(marketer, null, new SendingLimitDraft(Sender, null, null, null, 60, null, "Europe/Berlin"), default));
    }

    [Fact]
    public async Task The_dry_run_reckons_with_the_parts_that_the_sender_may_send()
    {
        await SaveAsync(perMinute: 2);
        await _desk.PeopleAsync(9);
        var id = await _desk.SaveAsync(_desk.Draft(start: _portal.Now.AddMinutes(58), notAfter: _portal.Now.AddMinutes(62)));
        await _desk.DryRunAsync(id);

        var detail = (await _desk.ViewAsync(id)).DryRun!.Detail;

        Assert.Equal((2, 1), (detail.Sender!.PartsPerMinute, detail.TooSlow));
    }

    [Fact]
    public async Task A_text_that_was_deferred_does_not_wait_for_all_that_were_not_looked_at_yet()
    {
        var id = await PlannedAsync(20);
        await AnswersGoneAsync();
        var last = (await _desk.TextsAsync(id))[^1].Id;
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == last).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Deferred)), default);

        Assert.Contains(last, await new DispatchQueue(_portal.Database, _portal.Clock).NextAsync(4, default));
    }

    [Fact]
    public async Task Two_campaigns_have_equal_shares_and_a_batch_for_one_goes_round()
    {
        var (first, second) = (await PlannedAsync(20), await PlannedAsync(0));
        await AnswersGoneAsync();
        var queue = new DispatchQueue(_portal.Database, _portal.Clock);
        var ofFirst = (await _desk.TextsAsync(first)).Select(t => t.Id).ToHashSet();

        Assert.Equal(4, (await queue.NextAsync(8, default)).Count(ofFirst.Contains));
        var single = new[] { (await queue.NextAsync(1, default))[0], (await queue.NextAsync(1, default))[0] };
        Assert.Single(single, ofFirst.Contains);
        Assert.Equal(20, (await _desk.TextsAsync(second)).Count);
    }

    private async Task<CampaignId> PlannedAsync(int people, DateTimeOffset? notAfter = null)
    {
        await _desk.PeopleAsync(people);
        var id = await _desk.LaunchedAsync(_desk.Draft(notAfter: notAfter) with { Name = $"News {Guid.CreateVersion7():N}"[..30] });
        await _planner.PlanOnceAsync(default);
        return id;
    }

    private async Task SaveAsync(Guid? id = null, int? perMinute = null, int? perDay = null, string? carrier = null, string? networks = null)
    {
        var saved = await _portal.Get<SaveSendingLimit>().ExecuteAsync(_desk.Author, id, new SendingLimitDraft(Sender, carrier, "US", networks, perMinute, perDay, "America/Los_Angeles"), default);
        Assert.Null(saved.Failure);
    }

    private Task<SendingLimitOverview> ListAsync() => _portal.Get<SendingLimitList>().GetAsync(_desk.Author, default);

    private Task<int> NetworkAsync(IEnumerable<SubscriberId> people, string code)
    {
        var ids = people.ToList();
        return _portal.Database.WriteAsync(db => db.Subscribers.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.NetworkCode, code)), default);
    }

    private async Task ReceiveFullAsync(OutboundMessage text, string? network)
    {
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == text.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Accepted).SetProperty(x => x.SentAt, _portal.Now)), default);
        var receipt = new DeliveryReceipt($"m{text.Id}", text.ClientRef, DeliveryStatus.Rejected, "1460", ProviderErrorClass.DailyLimit, _portal.Now, 1, null, $"st:{text.Id}") { NetworkCode = network };
        await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Actor.Provider("vonage"), receipt, default);
    }

    private Task<int> AnswersGoneAsync() => _portal.Database.WriteAsync(
        db => db.OutboundMessages.Where(m => m.Kind != MessageKind.Campaign).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Delivered)), default);

    private async Task<OutboundMessage> RowAsync(System.Linq.Expressions.Expression<Func<OutboundMessage, bool>> which)
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(which);
    }

    private async Task DecideAsync(long id)
    {
        var gate = _portal.Get<SendingGate>();
        var decisions = new DispatchDecisions(
            _portal.Database, _portal.Get<SendFactsReader>(), _portal.Get<Application.Database.Encryption.SubjectKeys>(), gate, _portal.Get<Application.Preferences.PublicAddress>(),
            _portal.Get<ShortLinks>(), Microsoft.Extensions.Options.Options.Create(new DispatchOptions()), _portal.Clock);
        foreach (var text in (await decisions.CommitAsync([id], default)).Allowed)
            gate.Leave(text.SubscriberId);
    }
}
