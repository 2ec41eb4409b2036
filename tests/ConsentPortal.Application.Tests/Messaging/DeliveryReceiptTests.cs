using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class DeliveryReceiptTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public static TheoryData<string> Orders => [.. Permutations("sdf"), .. Permutations("sd"), .. Permutations("df")];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Every_order_of_submitted_delivered_and_failed_ends_delivered(string order)
    {
        var text = await TextAsync(MessageState.Accepted);

        foreach (var receipt in order)
        {
            await ReceiveAsync(receipt switch
            {
                's' => Receipt(text, DeliveryStatus.Submitted),
                'd' => Receipt(text, DeliveryStatus.Delivered),
                _ => Receipt(text, DeliveryStatus.Undeliverable, "1190", ProviderErrorClass.PermanentNumber),
            });
        }

        var row = await RowAsync(text);
        Assert.Equal((MessageState.Delivered, null, PeoplePortal.Noon), (row.State, row.ErrorCode, row.FinalAt));
        Assert.Equal(NumberState.Usable, (await PersonAsync()).NumberState);
    }

    [Theory]
    [InlineData("sf")]
    [InlineData("fs")]
    public async Task Submitted_and_failed_end_failed_in_either_order(string order)
    {
        var text = await TextAsync(MessageState.Accepted);

        foreach (var receipt in order)
            await ReceiveAsync(receipt == 's' ? Receipt(text, DeliveryStatus.Submitted) : Receipt(text, DeliveryStatus.Undeliverable, "1190", ProviderErrorClass.PermanentNumber));

        var row = await RowAsync(text);
        Assert.Equal((MessageState.Failed, "1190"), (row.State, row.ErrorCode));
        Assert.Equal(NumberState.Invalid, (await PersonAsync()).NumberState);
        Assert.Single(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task The_same_receipt_twice_is_one_row_and_one_strike()
    {
        var text = await TextAsync(MessageState.Accepted);
        var receipt = Receipt(text, DeliveryStatus.Undeliverable, "1260", ProviderErrorClass.SoftStrike);

        await ReceiveAsync(receipt);
        await ReceiveAsync(receipt);

        Assert.Equal(1, (await PersonAsync()).SoftStrikes);
        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.ReceivedReceipts.CountAsync());
    }

    [Theory]
    [InlineData(MessageState.Unconfirmed, DeliveryStatus.Submitted, MessageState.Accepted)]
    [InlineData(MessageState.Unconfirmed, DeliveryStatus.Delivered, MessageState.Delivered)]
    [InlineData(MessageState.Unconfirmed, DeliveryStatus.Rejected, MessageState.Failed)]
    [InlineData(MessageState.Unconfirmed, DeliveryStatus.Expired, MessageState.Expired)]
    [InlineData(MessageState.Unconfirmed, DeliveryStatus.Unknown, MessageState.Accepted)]
    [InlineData(MessageState.Sending, DeliveryStatus.Submitted, MessageState.Accepted)]
    [InlineData(MessageState.Sending, DeliveryStatus.Delivered, MessageState.Delivered)]
    [InlineData(MessageState.Delivered, DeliveryStatus.Submitted, MessageState.Delivered)]
    public async Task A_receipt_by_our_reference_settles_what_was_unconfirmed(MessageState before, DeliveryStatus status, MessageState after)
    {
        var text = await TextAsync(before, providerId: null);

        await ReceiveAsync(Receipt(text, status));

        var row = await RowAsync(text);
        Assert.Equal((after, $"p-{text}", 1, 0.0333m), (row.State, row.ProviderMessageId, row.Parts, row.Price));
    }

    [Fact]
    public async Task A_receipt_of_an_unknown_text_is_kept_and_matched_once_the_id_is_stored()
    {
        var text = await TextAsync(MessageState.Sending, providerId: null);
        await ReceiveAsync(Receipt(text, DeliveryStatus.Delivered) with { ClientRef = null });
        await ReceiveAsync(Receipt(text, DeliveryStatus.Submitted) with { ClientRef = null });
        Assert.Equal(MessageState.Sending, (await RowAsync(text)).State);

        var matched = await _portal.Database.WriteAsync(
            async db =>
            {
                var row = await db.OutboundMessages.SingleAsync(m => m.Id == text);
                (row.State, row.ProviderMessageId) = (MessageState.Accepted, $"p-{text}");
                await db.SaveChangesAsync();
                return await ReceiptLedger.MatchParkedAsync(db, _portal.Get<SendingGate>(), Actor.Provider("vonage"), row, _portal.Now, default);
            },
            default);

        Assert.Equal(2, matched);
        Assert.Equal(MessageState.Delivered, (await RowAsync(text)).State);
        await using var db = _portal.Database.Open();
        Assert.True(await db.ReceivedReceipts.AllAsync(r => r.MessageId == text));
    }

    [Fact]
    public async Task A_parked_receipt_that_the_dispatcher_missed_is_matched_by_the_next_look()
    {
        var text = await TextAsync(MessageState.Accepted, providerId: null);
        await ReceiveAsync(Receipt(text, DeliveryStatus.Delivered) with { ClientRef = null });
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.ProviderMessageId, $"p-{text}")), default);

        Assert.Equal(1, await _portal.Get<MatchParkedReceipts>().ExecuteAsync(Actor.Job("receipts"), default));
        Assert.Equal(0, await _portal.Get<MatchParkedReceipts>().ExecuteAsync(Actor.Job("receipts"), default));
        Assert.Equal(MessageState.Delivered, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task Three_soft_failures_in_a_row_make_a_number_suspect_and_a_delivery_clears_it()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted), DeliveryStatus.Undeliverable, "1260", ProviderErrorClass.SoftStrike));
        Assert.Equal((3, NumberState.Suspect), await StrikesAsync());

        await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted), DeliveryStatus.Delivered));

        Assert.Equal((0, NumberState.Usable), await StrikesAsync());
    }

    [Fact]
    public async Task An_opt_out_at_the_carrier_withdraws_consent_once_and_is_no_act_of_the_person_here()
    {
        await _portal.ConsentAsync(_person);
        var planned = await _portal.SendAsync(_person, _portal.Now.AddDays(1), MessageState.Planned);

        foreach (var _ in Enumerable.Range(0, 2))
            await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut));

        var person = (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, _person, default)).Value;
        Assert.Equal(ConsentStatus.Withdrawn, person.Consents[0].State.Status);
        Assert.Equal(SuppressionSource.Carrier, Assert.Single(person.Suppressions).Source);
        Assert.Equal(MessageState.Skipped, (await RowAsync(planned)).State);
        await using var db = _portal.Database.Open();
        Assert.False((await db.ConsentEvents.SingleAsync(e => e.Kind == ConsentEventKind.Withdrawn)).IsActOfPerson);
        Assert.Single(await _portal.AuditAsync("consent.withdrawn"));
    }

    [Fact]
    public async Task Receipts_that_arrive_together_are_all_committed_and_each_is_answered()
    {
        var texts = new List<long>();
        while (texts.Count < 60)
            texts.Add(await TextAsync(MessageState.Accepted));
        var receipts = texts.SelectMany(text => new[] { Receipt(text, DeliveryStatus.Submitted), Receipt(text, DeliveryStatus.Delivered), Receipt(text, DeliveryStatus.Delivered) });

        await Parallel.ForEachAsync(receipts, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (receipt, _) => await ReceiveAsync(receipt));

        await using var db = _portal.Database.Open();
        Assert.Equal(60, await db.OutboundMessages.CountAsync(m => m.State == MessageState.Delivered));
        Assert.Equal(120, await db.ReceivedReceipts.CountAsync());
    }

    [Fact]
    public async Task The_price_of_one_part_does_not_replace_the_price_of_all()
    {
        var text = await TextAsync(MessageState.Accepted, parts: 2, price: 0.0666m);

        await ReceiveAsync(Receipt(text, DeliveryStatus.Delivered) with { Parts = null, Price = 0.0333m });

        Assert.Equal(0.0666m, (await RowAsync(text)).Price);
    }

    [Theory]
    [InlineData("1d", MessageState.Accepted)]
    [InlineData("1d 1d", MessageState.Accepted)]
    [InlineData("1d 2d", MessageState.Delivered)]
    [InlineData("2d 1d", MessageState.Delivered)]
    [InlineData("1d 2f", MessageState.Failed)]
    [InlineData("2f 1d", MessageState.Failed)]
    [InlineData("2f 1d 2d", MessageState.Delivered)]
    [InlineData("1d 2d 2f", MessageState.Delivered)]
    public async Task A_text_of_two_parts_is_delivered_when_both_are_and_has_failed_when_one_has(string receipts, MessageState end)
    {
        var text = await TextAsync(MessageState.Accepted, parts: 2);

        foreach (var receipt in receipts.Split(' '))
            await ReceiveAsync(PartReceipt(text, receipt[0], receipt[1]));

        var row = await RowAsync(text);
        Assert.Equal((end, end == MessageState.Failed ? "3" : null), (row.State, row.ErrorCode));
    }

    [Fact]
    public async Task Parts_that_arrive_together_count_as_if_they_came_one_after_the_other()
    {
        var text = await TextAsync(MessageState.Accepted, parts: 3);

        await Task.WhenAll(ReceiveAsync(PartReceipt(text, '1', 'd')), ReceiveAsync(PartReceipt(text, '2', 'd')), ReceiveAsync(PartReceipt(text, '3', 'd')));

        Assert.Equal(MessageState.Delivered, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task A_receipt_for_a_whole_text_needs_no_other_however_many_parts_it_has()
    {
        var text = await TextAsync(MessageState.Accepted, parts: 3);

        await ReceiveAsync(Receipt(text, DeliveryStatus.Delivered) with { Parts = null, ProviderMessageId = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab" });

        Assert.Equal(MessageState.Delivered, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task Receipts_are_closed_to_those_who_may_not_send()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Actor.Nobody, Receipt(1, DeliveryStatus.Delivered), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<MatchParkedReceipts>().ExecuteAsync(Actor.Nobody, default));
    }

    private Task ReceiveAsync(DeliveryReceipt receipt) => _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(Actor.Provider("vonage"), receipt, default);

    private static DeliveryReceipt PartReceipt(long text, char part, char end) => new(
        $"p-{text}-{part}", $"ref-{text}", end == 'd' ? DeliveryStatus.Delivered : DeliveryStatus.Failed, end == 'd' ? null : "3", end == 'd' ? null : ProviderErrorClass.PermanentNumber,
        PeoplePortal.Noon, Parts: null, Price: 0.0333m, $"st:p-{text}-{part}:{end}");

    private static DeliveryReceipt Receipt(long text, DeliveryStatus status, string? code = null, ProviderErrorClass? errorClass = null) =>
        new($"p-{text}", $"ref-{text}", status, code, errorClass, PeoplePortal.Noon, Parts: 1, Price: 0.0333m, $"st:p-{text}:{status}");

    /// <summary>A text whose reference and provider id follow from its own id.</summary>
    private async Task<long> TextAsync(MessageState state, string? providerId = "", int? parts = null, decimal? price = null)
    {
        var id = await _portal.SendAsync(_person, _portal.Now, state);
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.ClientRef, $"ref-{id}")
                .SetProperty(x => x.ProviderMessageId, providerId == null ? null : $"p-{id}").SetProperty(x => x.Parts, parts).SetProperty(x => x.Price, price)),
            default);
        return id;
    }

    private async Task<OutboundMessage> RowAsync(long id)
    {
        await using var db = _portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id);
    }

    private async Task<Subscriber> PersonAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == _person);
    }

    private async Task<(int, NumberState)> StrikesAsync() => await PersonAsync() is var person ? (person.SoftStrikes, person.NumberState) : default;

    private static IEnumerable<string> Permutations(string letters) => letters.Length <= 1
        ? [letters]
        : letters.SelectMany((letter, index) => Permutations(letters.Remove(index, 1)).Select(rest => letter + rest));
}
