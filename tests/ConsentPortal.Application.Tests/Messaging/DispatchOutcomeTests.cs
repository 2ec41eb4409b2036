using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>What is written of an answer that comes late, when the row may have gone on without it.</summary>
public sealed class DispatchOutcomeTests : IAsyncLifetime
{
    private const string Mine = "this process";

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private CampaignId _campaign;
    private OutboundMessage _row = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(1);
        _campaign = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        _row = (await _desk.TextsAsync(_campaign)).Single();
        await IsAsync(MessageState.Sending);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task An_answer_after_the_lease_ends_the_doubt()
    {
        await IsAsync(MessageState.Unconfirmed);

        await WriteAsync(new SendOutcome.Accepted(["m1"], Parts: 1));

        var row = await RowAsync();
        Assert.Equal((MessageState.Accepted, "m1", null), (row.State, row.ProviderMessageId, row.Reason));
    }

    [Theory]
    [InlineData("another process", 1)]
    [InlineData(Mine, 2)]
    public async Task An_outcome_is_not_written_over_another_attempt(string sendingBy, int attempts)
    {
        await IsAsync(MessageState.Sending, sendingBy, attempts);

        foreach (var outcome in new SendOutcome[] { new SendOutcome.Accepted(["m1"], 1), new SendOutcome.Throttled(TimeSpan.FromSeconds(1)), new SendOutcome.Withheld(TimeSpan.Zero), Unconfirmed, Refused })
            await WriteAsync(outcome);

        var row = await RowAsync();
        Assert.Equal((MessageState.Sending, sendingBy, attempts, null), (row.State, row.SendingBy, row.Attempts, row.ProviderMessageId));
    }

    [Fact]
    public async Task A_text_that_was_withheld_is_as_it_was_before_it_was_decided_on()
    {
        await WriteAsync(new SendOutcome.Withheld(TimeSpan.Zero));

        var row = await RowAsync();
        Assert.Equal((MessageState.Planned, 0, null, null), (row.State, row.Attempts, row.SendingBy, row.SentAt));
    }

    [Fact]
    public async Task Being_too_fast_or_without_a_connection_is_no_attempt_of_the_text()
    {
        await WriteAsync(new SendOutcome.Throttled(TimeSpan.FromSeconds(7)));

        var row = await RowAsync();
        Assert.Equal((MessageState.Deferred, 0, _portal.Now.AddSeconds(7)), (row.State, row.Attempts, row.DueAt));
    }

    [Fact]
    public async Task A_refusal_at_once_teaches_about_the_number_what_a_receipt_would()
    {
        await WriteAsync(Refused);

        Assert.Equal(NumberState.Invalid, (await PersonAsync()).NumberState);
        Assert.Single(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task A_refusal_of_a_number_that_has_opted_out_ends_the_consent()
    {
        await WriteAsync(Refused with { Code = "1240", Class = ProviderErrorClass.OptedOut });

        Assert.Single(await _portal.AuditAsync("consent.withdrawn"));
    }

    [Fact]
    public async Task A_text_that_is_tried_again_is_one_strike_at_its_end()
    {
        var busy = Refused with { IsPermanent = false, Class = ProviderErrorClass.SoftStrike };
        await WriteAsync(busy);
        Assert.Equal(0, (await PersonAsync()).SoftStrikes);
        await IsAsync(MessageState.Sending, attempts: 6);

        await WriteAsync(busy, attempts: 6);

        Assert.Equal(1, (await PersonAsync()).SoftStrikes);
    }

    [Fact]
    public async Task What_was_refused_at_once_has_failed_but_was_never_sent()
    {
        await WriteAsync(Refused);

        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, _campaign, default)).Value;
        var listed = Assert.Single((await _portal.Get<CampaignList>().PageAsync(_desk.Author, new CampaignQuery(), default)).Rows);
        Assert.Equal((1, 0, 1, 0), (figures.Of(MessageState.Failed), figures.Sent, figures.Refused, listed.Sent));
    }

    [Fact]
    public async Task A_text_that_comes_back_to_a_cancelled_campaign_is_skipped()
    {
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync()).Cancel("No more of it", _portal.Now), default);

        await WriteAsync(new SendOutcome.Throttled(TimeSpan.FromSeconds(7)));

        var row = await RowAsync();
        Assert.Equal((MessageState.Skipped, "CampaignCancelled"), (row.State, row.Reason));
    }

    [Fact]
    public async Task A_text_that_comes_back_to_a_finished_campaign_is_skipped()
    {
        await IsAsync(MessageState.Unconfirmed);
        await _portal.Database.WriteAsync(async db => (await db.Campaigns.SingleAsync()).Finish(_portal.Now), default);

        await WriteAsync(new SendOutcome.Withheld(TimeSpan.Zero));

        var row = await RowAsync();
        Assert.Equal((MessageState.Skipped, "PastNotAfter"), (row.State, row.Reason));
    }

    [Fact]
    public async Task A_text_in_doubt_keeps_its_campaign_open_for_two_minutes()
    {
        await IsAsync(MessageState.Unconfirmed);

        await _desk.Planner().PlanOnceAsync(default);
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(_campaign)).Status);
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await _desk.Planner().PlanOnceAsync(default);

        Assert.Equal(CampaignStatus.Finished, (await _desk.ViewAsync(_campaign)).Status);
    }

    [Fact]
    public async Task Every_id_of_a_long_text_is_kept_and_receipts_that_came_before_it_are_matched()
    {
        var receive = _portal.Get<ReceiveDeliveryReceipt>();
        foreach (var part in new[] { "m1", "m2" })
            await receive.ExecuteAsync(Domain.Staff.Actor.Provider("vonage"), new DeliveryReceipt(part, null, DeliveryStatus.Delivered, null, null, _portal.Now, null, 0.03m, part), default);

        await WriteAsync(new SendOutcome.Accepted(["m1", "m2"], Parts: 2));

        await using var db = _portal.Database.Open();
        Assert.Equal(["m1", "m2"], await db.SentParts.OrderBy(p => p.ProviderMessageId).Select(p => p.ProviderMessageId).ToListAsync());
        Assert.Equal((MessageState.Delivered, "m1"), ((await RowAsync()).State, (await RowAsync()).ProviderMessageId));
    }

    [Fact]
    public async Task A_text_of_which_one_part_was_refused_is_never_delivered()
    {
        await WriteAsync(new SendOutcome.Accepted(["aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"], Parts: 2, LostPartsCode: "7"));

        await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Domain.Staff.Actor.Provider("vonage"),
            new DeliveryReceipt("aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab", _row.ClientRef, DeliveryStatus.Delivered, null, null, _portal.Now, null, 0.03m, "k"), default);

        Assert.Equal((MessageState.Accepted, "7"), ((await RowAsync()).State, (await RowAsync()).ErrorCode));
    }

    [Fact]
    public async Task The_fields_that_the_provider_named_are_kept_with_the_refusal()
    {
        await WriteAsync(Refused with { Class = ProviderErrorClass.Configuration, Code = "1120", Problems = [new FieldProblem("from", "is not yours"), new FieldProblem("to", "")] });

        var row = await RowAsync();
        Assert.Equal((MessageState.Failed, "1120", "from: is not yours; to"), (row.State, row.ErrorCode, row.RefusedFields));
        Assert.Equal("from: is not yours; to", Assert.Single((await _portal.Get<CampaignRecipients>().PageAsync(_desk.Author, new RecipientQuery(_campaign), default)).Rows).RefusedFields);
    }

    private static SendOutcome.Unconfirmed Unconfirmed => new(UnconfirmedCause.Timeout, "No answer.");

    private static SendOutcome.Rejected Refused => new(IsPermanent: true, "110", ProviderErrorClass.PermanentNumber, "No such number.", []);

    private Task WriteAsync(SendOutcome outcome, int attempts = 1)
    {
        var text = new AllowedText(_row.Id, _row.SubscriberId, new SendGround(_portal.Offers, RestsOnConsent: true, Stop: null, IsRestricted: false, default), new OutgoingText(_row.ClientRef, "+12125552368", "+12025550111", "Hello", IsUnicode: false), Mine, attempts, HandOverTime.Of(TimeSpan.FromMinutes(1), _portal.Clock));
        return new DispatchOutcomes(_portal.Database, _portal.Get<SendingGate>(), Options.Create(new DispatchOptions()), _portal.Clock).CommitAsync([(text, outcome)], default);
    }

    private Task<int> IsAsync(MessageState state, string sendingBy = Mine, int attempts = 1) => _portal.Database.WriteAsync(
        db => db.OutboundMessages.Where(m => m.CampaignId == _campaign).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, state).SetProperty(x => x.SendingBy, sendingBy).SetProperty(x => x.Attempts, attempts).SetProperty(x => x.SentAt, _portal.Now)
                .SetProperty(x => x.Reason, state == MessageState.Unconfirmed ? "InDoubt" : null), default),
        default);

    private async Task<Subscriber> PersonAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == _row.SubscriberId);
    }

    private async Task<OutboundMessage> RowAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.CampaignId == _campaign);
    }
}
