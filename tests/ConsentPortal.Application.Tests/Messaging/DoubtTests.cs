using System.Text;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>Texts in doubt that the provider's records do not know: what a person is shown, how they settle them, and what counts afterwards.</summary>
public sealed class DoubtTests : IAsyncLifetime
{
    private const string Grounds = "The provider's support looked into its logs";

    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_text_in_doubt_waits_for_a_person_from_a_day_after_it_was_handed_over()
    {
        var text = await DoubtAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1, 0), await CountsAsync());

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, 0, 0), await CountsAsync());
        var row = Assert.Single((await PageAsync()).Rows);
        Assert.Equal((text, _person, "+1 212 ••• 2368", "Offers"), (row.Id, row.SubscriberId, row.MaskedPhone, row.Purpose));
        Assert.Equal((_portal.Now.AddHours(-24), _portal.Now), (row.HandedOverAt, row.LookedUpUntil));
    }

    [Fact]
    public async Task A_text_of_which_a_person_knows_that_it_left_counts_as_sent_and_for_every_cap()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));

        Assert.Equal(1, (await SettleAsync(text, DoubtSettlement.Left)).Value);

        var row = await RowAsync(text);
        Assert.Equal((MessageState.Accepted, "SettledAsSent", _portal.Now.AddDays(-2)), (row.State, row.Reason, row.SentAt));
        Assert.Single(await RecentSendsAsync());
        await using var db = _portal.Database.Open();
        Assert.Equal(row.SentAt, (await db.Subscribers.SingleAsync()).LastTextAt);
    }

    [Fact]
    public async Task A_text_of_which_a_person_knows_that_it_did_not_leave_has_failed_counts_for_no_cap_and_is_due_no_more()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));
        Assert.Single(await RecentSendsAsync());

        await SettleAsync(text, DoubtSettlement.DidNotLeave);

        var row = await RowAsync(text);
        Assert.Equal((MessageState.Failed, "SettledAsNotSent", null, _portal.Now), (row.State, row.Reason, row.SentAt, row.FinalAt));
        Assert.Empty(await RecentSendsAsync());
        Assert.Empty(await new DispatchQueue(_portal.Database, _portal.Clock).NextAsync(10, default));
        await using var db = _portal.Database.Open();
        Assert.Equal(NumberState.Usable, (await db.Subscribers.SingleAsync()).NumberState);
    }

    [Fact]
    public async Task What_a_person_said_stands_with_their_name_in_the_list_the_trace_and_the_audit_trail()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));

        await SettleAsync(text, DoubtSettlement.Left);

        var expected = new DoubtAnswer(DoubtSettlement.Left, "Carla Mendes", _portal.Now, Grounds);
        Assert.Equal(expected, Assert.Single((await PageAsync(DoubtStage.Settled)).Rows).Answer);
        Assert.Equal(expected, Assert.Single((await _portal.Get<SubscriberDecisions>().PageAsync(_portal.Staff, _person, null, default)).Rows).Answer);
        var entry = Assert.Single(await _portal.AuditAsync("text.doubtSettled"));
        Assert.Contains(Grounds, entry.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("left", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DoubtSettlement.DidNotLeave, DeliveryStatus.Submitted, null, MessageState.Accepted)]
    [InlineData(DoubtSettlement.DidNotLeave, DeliveryStatus.Delivered, null, MessageState.Delivered)]
    [InlineData(DoubtSettlement.DidNotLeave, DeliveryStatus.Undeliverable, "1180", MessageState.Failed)]
    [InlineData(DoubtSettlement.Left, DeliveryStatus.Submitted, null, MessageState.Accepted)]
    [InlineData(DoubtSettlement.Left, DeliveryStatus.Undeliverable, "1180", MessageState.Failed)]
    public async Task A_receipt_that_comes_later_is_believed_more_than_a_person(DoubtSettlement settlement, DeliveryStatus status, string? code, MessageState state)
    {
        var handedOver = _portal.Now.AddDays(-2);
        var text = await DoubtAsync(TimeSpan.FromDays(2));
        await SettleAsync(text, settlement);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        await ReceiptAsync(text, status, code);

        var row = await RowAsync(text);
        Assert.Equal((state, null, code, handedOver), (row.State, row.Reason, row.ErrorCode, row.SentAt));
        Assert.Equal((settlement, state, false), Assert.Single((await PageAsync(DoubtStage.Settled)).Rows) switch { var r => (r.Answer!.As, r.State, r.IsByHand) });
    }

    [Fact]
    public async Task A_receipt_that_comes_first_leaves_nothing_to_settle()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));
        await ReceiptAsync(text, DeliveryStatus.Delivered, null);

        Assert.IsType<DoubtIsOver>((await SettleAsync(text, DoubtSettlement.DidNotLeave)).Failure);

        Assert.Equal(MessageState.Delivered, (await RowAsync(text)).State);
        Assert.Empty(await _portal.AuditAsync("text.doubtSettled"));
    }

    [Fact]
    public async Task A_text_that_is_still_looked_up_is_not_settled_and_none_is_settled_twice()
    {
        var (young, old) = (await DoubtAsync(TimeSpan.FromHours(23)), await DoubtAsync(TimeSpan.FromDays(2)));

        Assert.IsType<DoubtIsLookedUp>((await SettleAsync(young, DoubtSettlement.Left)).Failure);
        Assert.True((await SettleAsync(old, DoubtSettlement.Left)).IsSuccess);
        Assert.IsType<DoubtIsOver>((await SettleAsync(old, DoubtSettlement.DidNotLeave)).Failure);

        Assert.Equal((MessageState.Unconfirmed, MessageState.Accepted), ((await RowAsync(young)).State, (await RowAsync(old)).State));
    }

    [Fact]
    public async Task After_an_outage_all_texts_of_one_campaign_are_settled_at_once()
    {
        var (outage, other) = (await AddCampaignAsync("Outage"), await AddCampaignAsync("Other"));
        for (var i = 0; i < 3; i++)
            await DoubtAsync(TimeSpan.FromDays(2), outage, await _portal.AddPersonAsync($"+1212555240{i}"));
        var young = await DoubtAsync(TimeSpan.FromHours(1), outage);
        var elsewhere = await DoubtAsync(TimeSpan.FromDays(2), other);
        Assert.Equal([("Outage", 3), ("Other", 1)], (await _portal.Get<DoubtList>().CountAsync(_portal.Staff, null, default)).Campaigns.Select(c => (c.Name, c.Waiting)));

        Assert.Equal(3, (await SettleAsync(new DoubtsToSettle.AllOf(outage), DoubtSettlement.DidNotLeave)).Value);

        Assert.Equal((MessageState.Unconfirmed, MessageState.Unconfirmed), ((await RowAsync(young)).State, (await RowAsync(elsewhere)).State));
        var entry = Assert.Single(await _portal.AuditAsync("text.doubtsSettled")).GetRawText();
        Assert.Contains("\"texts\":3", entry, StringComparison.Ordinal);
        Assert.Contains(outage.ToString(), entry, StringComparison.Ordinal);
        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_portal.Staff, outage, default)).Value;
        Assert.Equal((0, 3, 3, 1), (figures.SettledAsSent, figures.SettledAsNotSent, figures.Refused, figures.Sent));
        Assert.Equal(3, (await _portal.Get<CampaignRecipients>().PageAsync(_portal.Staff, new RecipientQuery(outage), default)).Rows.Count(r => r.Answer?.Who == "Carla Mendes"));
        Assert.IsType<NoDoubtsWait>((await SettleAsync(new DoubtsToSettle.AllOf(outage), DoubtSettlement.Left)).Failure);
    }

    [Fact]
    public async Task More_texts_than_one_transaction_takes_are_settled_all()
    {
        var outage = await AddCampaignAsync("Outage");
        await _portal.Database.WriteAsync(
            async db =>
            {
                for (var i = 0; i < 501; i++)
                {
                    var person = _portal.Get<SubscriberFactory>().Add(db, _portal.Staff, new NewSubscriber(new PhoneNumber($"+1212556{i:0000}", "US"), Domain.Subscribers.LineType.Mobile, SubscriberProfile.Empty, "Store"), _portal.Now);
                    db.OutboundMessages.Add(Text(person.Id, _portal.Now.AddDays(-2), outage));
                }

                await db.SaveChangesAsync();
            },
            default);

        Assert.Equal(501, (await SettleAsync(new DoubtsToSettle.AllOf(outage), DoubtSettlement.Left)).Value);

        Assert.Equal((0, 0, 501), await CountsAsync());
        Assert.Equal(2, (await _portal.AuditAsync("text.doubtsSettled")).Count);
    }

    [Fact]
    public async Task Texts_that_an_outage_kept_from_leaving_say_nothing_of_the_numbers_of_a_campaign()
    {
        var outage = await AddCampaignAsync("Outage");
        await DoubtAsync(TimeSpan.FromDays(2), outage);
        await SettleAsync(new DoubtsToSettle.AllOf(outage), DoubtSettlement.DidNotLeave);

        await using var db = _portal.Database.Open();
        var counts = await CampaignOutcomes.CountAsync(db, outage, _portal.Offers.Id, null, default);

        Assert.Equal((0, 0), (counts.Sent, counts.Failed));
    }

    [Theory]
    [InlineData("", typeof(ReasonNeeded))]
    [InlineData("    x", typeof(ReasonNeeded))]
    [InlineData("Okafor told us herself", typeof(ReasonNamesPerson))]
    [InlineData("We asked +12125552368", typeof(ReasonNamesPerson))]
    public async Task Grounds_say_something_and_name_nobody(string grounds, Type refusal)
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));

        var settled = await _portal.Get<SettleDoubts>().ExecuteAsync(_portal.Staff, new DoubtsToSettle.Text(text), DoubtSettlement.Left, grounds, default);

        Assert.IsType(refusal, settled.Failure);
        Assert.Equal(MessageState.Unconfirmed, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task Of_many_people_a_number_in_the_grounds_is_refused_and_a_first_name_is_not()
    {
        var campaign = await AddCampaignAsync("Outage");
        await DoubtAsync(TimeSpan.FromDays(2), campaign);

        Assert.IsType<ReasonNamesPerson>((await SettleAsync(new DoubtsToSettle.AllOf(campaign), DoubtSettlement.Left, "We asked +12125552368")).Failure);
        Assert.True((await SettleAsync(new DoubtsToSettle.AllOf(campaign), DoubtSettlement.Left, "The Okafor region of the provider was out")).IsSuccess);
    }

    [Fact]
    public async Task A_compliance_officer_settles_texts_and_sends_none()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));
        var officer = await _portal.AddStaffAsync("Olga", RoleBundle.ComplianceOfficer.Permissions);

        var settled = await _portal.Get<SettleDoubts>().ExecuteAsync(officer, new DoubtsToSettle.Text(text), DoubtSettlement.DidNotLeave, Grounds, default);

        Assert.Equal(1, settled.Value);
        var entry = Assert.Single(await _portal.AuditAsync("text.doubtSettled"));
        Assert.Equal(("unconfirmed", "failed"), (entry.GetProperty("before").GetProperty("state").GetString(), entry.GetProperty("after").GetProperty("state").GetString()));
        Assert.False(officer.May(Permissions.SendCampaigns));
    }

    [Fact]
    public async Task Only_who_may_settle_does_and_only_who_sees_campaigns_reads()
    {
        var reader = await _portal.AddStaffAsync("Ray", [Permissions.ViewCampaigns, Permissions.SendCampaigns]);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SettleDoubts>().ExecuteAsync(reader, new DoubtsToSettle.Text(1), DoubtSettlement.Left, Grounds, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExportDoubts>().ExecuteAsync(reader, new DoubtQuery(), Stream.Null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<DoubtList>().PageAsync(Actor.Nobody, new DoubtQuery(), null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<DoubtList>().CountAsync(Actor.Nobody, null, default));
    }

    [Fact]
    public async Task Why_a_text_is_in_doubt_and_what_the_look_ups_said_is_kept()
    {
        var text = await DoubtAsync(TimeSpan.FromHours(1));
        await DoubtNotes.OfLooksAsync(_portal.Database, [new DoubtLook(text, null)], _portal.Now.AddMinutes(-2), default);
        await DoubtNotes.OfLooksAsync(_portal.Database, [new DoubtLook(text, "The provider's records can't be asked now.")], _portal.Now, default);
        var row = await RowAsync(text);
        var outcome = new SendOutcome.Unconfirmed(UnconfirmedCause.Timeout, "No answer.");
        var mine = new AllowedText(
            text, _person, new SendGround(_portal.Offers, RestsOnConsent: true, Stop: null, IsRestricted: false, default), new OutgoingText(row.ClientRef, "+12125552368", "+12025550111", "Hello", IsUnicode: false),
            "me", 1, HandOverTime.Of(TimeSpan.FromMinutes(1), _portal.Clock));
        await new DispatchOutcomes(_portal.Database, _portal.Get<SendingGate>(), Options.Create(new DispatchOptions()), _portal.Clock).CommitAsync([(mine, outcome)], default);

        var known = Assert.Single((await PageAsync(DoubtStage.LookedUp)).Rows);

        Assert.Equal((UnconfirmedCause.Timeout, 2, 1, _portal.Now, "The provider's records can't be asked now."), (known.Cause, known.Looks, known.NotThere, known.LookedAt, known.Unanswered));
    }

    [Fact]
    public async Task The_export_holds_what_the_page_shows_with_masked_numbers()
    {
        var text = await DoubtAsync(TimeSpan.FromDays(2));
        await SettleAsync(text, DoubtSettlement.DidNotLeave);
        using var file = new MemoryStream();

        await _portal.Get<ExportDoubts>().ExecuteAsync(_portal.Staff, new DoubtQuery(DoubtStage.Settled), file, default);

        var csv = Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains($"{text},,Campaign,Offers,{_person},", csv, StringComparison.Ordinal);
        Assert.Contains("+1 212 ••• 2368,2026-11-22T17:00:00Z", csv.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"Failed,DidNotLeave,Carla Mendes,2026-11-24T17:00:00Z,{Grounds}", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("5552368", csv, StringComparison.Ordinal);
        Assert.Single(await _portal.AuditAsync("text.doubtsExported"));
    }

    private Task<Result<int>> SettleAsync(long text, DoubtSettlement settlement) => SettleAsync(new DoubtsToSettle.Text(text), settlement);

    private Task<Result<int>> SettleAsync(DoubtsToSettle which, DoubtSettlement settlement, string grounds = Grounds) => _portal.Get<SettleDoubts>().ExecuteAsync(_portal.Staff, which, settlement, grounds, default);

    private Task<DoubtPage> PageAsync(DoubtStage stage = DoubtStage.Waiting) => _portal.Get<DoubtList>().PageAsync(_portal.Staff, new DoubtQuery(stage), null, default);

    private async Task<(int Waiting, int LookedUp, int Settled)> CountsAsync() =>
        await _portal.Get<DoubtList>().CountAsync(_portal.Staff, null, default) switch { var c => (c.Waiting, c.LookedUp, c.Settled) };

    private async Task<OutboundMessage> RowAsync(long id)
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.SingleAsync(m => m.Id == id);
    }

    private async Task<IReadOnlyList<Domain.Policy.RecentSend>> RecentSendsAsync()
    {
        await using var db = _portal.Database.Open();
        return (await _portal.Get<SendFactsReader>().ReadAsync(db, [_person], new SendQuestion(_portal.Offers, _portal.Offers.MessageClass), _portal.Now, default))[_person].Facts.RecentSends;
    }

    private async Task ReceiptAsync(long text, DeliveryStatus status, string? code) => await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
        Actor.Provider("vonage"),
        new DeliveryReceipt(Guid.CreateVersion7().ToString(), (await RowAsync(text)).ClientRef, status, code, null, _portal.Now, Parts: 1, 0.01m, Guid.CreateVersion7().ToString("N")), default);

    private OutboundMessage Text(SubscriberId person, DateTimeOffset at, CampaignId? campaign) => new()
    {
        SubscriberId = person, CampaignId = campaign, Kind = MessageKind.Campaign, MessageClass = _portal.Offers.MessageClass, PurposeId = _portal.Offers.Id, ClientRef = Guid.CreateVersion7().ToString("N"),
        PlannedAt = at, DueAt = at, State = MessageState.Unconfirmed, Reason = "InDoubt", SentAt = at, DecidedAt = at, DecisionKind = 1, SendingBy = "me", Attempts = 1, Parts = 1,
    };

    private Task<long> DoubtAsync(TimeSpan ago, CampaignId? campaign = null, SubscriberId? person = null) => _portal.Database.WriteAsync(
        async db =>
        {
            var text = Text(person ?? _person, _portal.Now - ago, campaign);
            db.OutboundMessages.Add(text);
            await db.SaveChangesAsync();
            return text.Id;
        },
        default);

    private async Task<CampaignId> AddCampaignAsync(string name)
    {
        var segment = new Segment { Id = SegmentId.New(_portal.Now), Name = name, CurrentVersion = 1, CreatedAt = _portal.Now };
        var campaign = new Campaign
        {
            Id = CampaignId.New(_portal.Now), Name = name, PurposeId = _portal.Offers.Id, SegmentId = segment.Id, SegmentVersion = 1, Body = "Aurora: hello.", StartAt = _portal.Now,
            AuthorId = Guid.CreateVersion7(), CreatedAt = _portal.Now, DryRunId = Guid.CreateVersion7(),
        };
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
}
