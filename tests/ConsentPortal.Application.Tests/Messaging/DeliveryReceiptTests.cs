using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
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

    [Theory]
    [InlineData("flag", "1d", MessageState.Accepted)]
    [InlineData("flag", "1d 2f", MessageState.Failed)]
    [InlineData("flag", "2d 1d", MessageState.Delivered)]
    [InlineData("answer", "1d", MessageState.Accepted)]
    [InlineData("answer", "2f 1d", MessageState.Failed)]
    [InlineData("answer", "2f 1d 2d", MessageState.Delivered)]
    public async Task Parts_with_UUIDs_are_parts_where_their_kind_or_the_answer_says_so(string by, string receipts, MessageState end)
    {
        var text = await TextAsync(MessageState.Accepted, parts: 2);
        if (by == "answer")
            await _portal.Database.WriteAsync(
                db =>
                {
                    db.SentParts.AddRange(new[] { '1', '2' }.Select(part => new SentPart { MessageId = text, ProviderMessageId = Uuid(text, part) }));
                    return Task.CompletedTask;
                },
                default);

        foreach (var receipt in receipts.Split(' '))
            await ReceiveAsync(PartReceipt(text, receipt[0], receipt[1]) with { ProviderMessageId = Uuid(text, receipt[0]), IsOfPart = by == "flag" });

        Assert.Equal(end, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task A_receipt_without_our_reference_finds_its_text_by_the_id_of_any_part()
    {
        var text = await TextAsync(MessageState.Accepted, parts: 2);
        await _portal.Database.WriteAsync(db => Task.FromResult(db.SentParts.Add(new SentPart { MessageId = text, ProviderMessageId = $"p-{text}-2" })), default);

        await ReceiveAsync(PartReceipt(text, '2', 'f') with { ClientRef = null });

        Assert.Equal(MessageState.Failed, (await RowAsync(text)).State);
    }

    [Fact]
    public async Task Ids_of_parts_that_only_receipts_tell_are_kept()
    {
        var text = await TextAsync(MessageState.Unconfirmed, providerId: null, parts: 2);

        await Task.WhenAll(ReceiveAsync(PartReceipt(text, '1', 'd')), ReceiveAsync(PartReceipt(text, '2', 'd')));

        await using var db = _portal.Database.Open();
        Assert.Equal([$"p-{text}-1", $"p-{text}-2"], await db.SentParts.OrderBy(p => p.ProviderMessageId).Select(p => p.ProviderMessageId).ToListAsync());
    }

    [Theory]
    [InlineData("1190", ProviderErrorClass.PermanentNumber)]
    [InlineData("1260", ProviderErrorClass.SoftStrike)]
    public async Task What_a_text_to_a_former_number_came_to_says_nothing_about_the_new_one(string code, ProviderErrorClass errorClass)
    {
        long[] texts = [await TextAsync(MessageState.Accepted), await TextAsync(MessageState.Accepted), await TextAsync(MessageState.Accepted)];
        await ChangeNumberAsync();

        foreach (var text in texts)
            await ReceiveAsync(Receipt(text, DeliveryStatus.Undeliverable, code, errorClass));

        Assert.Equal((0, NumberState.Usable), await StrikesAsync());
        Assert.Empty(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task A_delivery_at_a_former_number_clears_nothing_of_the_new_one()
    {
        var text = await TextAsync(MessageState.Accepted);
        await ChangeNumberAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect).SetProperty(x => x.SoftStrikes, 3)), default);

        await ReceiveAsync(Receipt(text, DeliveryStatus.Delivered));

        Assert.Equal((3, NumberState.Suspect), await StrikesAsync());
    }

    [Fact]
    public async Task An_opt_out_of_a_former_number_stops_that_number_and_leaves_the_new_consent()
    {
        await _portal.ConsentAsync(_person);
        var text = await TextAsync(MessageState.Accepted);
        await ChangeNumberAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.ConsentAsync(_person);

        await ReceiveAsync(Receipt(text, DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut));

        await using var db = _portal.Database.Open();
        var stop = await db.Suppressions.SingleAsync();
        Assert.Equal((SuppressionSource.Carrier, Convert.ToHexString(_portal.Get<LookupHash>().Phone("+12125552368"))), (stop.Source, Convert.ToHexString(stop.PhoneHash)));
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Equal(Convert.ToHexString(stop.PhoneHash), Convert.ToHexString((await db.ProviderVerdicts.SingleAsync()).PhoneHash));
        // The number is nobody's now, so the entry is about it and about no person.
        Assert.Single(await _portal.AuditAsync("suppression.added"));
    }

    [Fact]
    public async Task A_later_opt_out_at_the_carrier_ends_what_the_first_one_had_left()
    {
        await _portal.SetOptOutScopeAsync(OptOutScope.ByMessageClass);
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut));
        await using (var db = _portal.Database.Open())
            Assert.Equal(SuppressionScope.Marketing, (await db.Suppressions.SingleAsync()).Scope);

        foreach (var _ in Enumerable.Range(0, 2))
            await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted, purpose: orders), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut));

        await using var after = _portal.Database.Open();
        Assert.Equal([SuppressionScope.Marketing, SuppressionScope.All], await after.Suppressions.OrderBy(s => s.Id).Select(s => s.Scope).ToListAsync());
    }

    [Theory]
    [InlineData(OptOutScope.Everything, SuppressionScope.All, null)]
    [InlineData(OptOutScope.BySender, SuppressionScope.Sender, "+12025550111")]
    [InlineData(OptOutScope.ByPurpose, SuppressionScope.Sender, "+12025550111")]
    public async Task The_policy_says_how_far_an_opt_out_of_marketing_at_the_carrier_reaches_but_never_less_than_the_sender(OptOutScope policy, SuppressionScope scope, string? sender)
    {
        await _portal.SetOptOutScopeAsync(policy);

        await ReceiveAsync(Receipt(await TextAsync(MessageState.Accepted), DeliveryStatus.Rejected, "1240", ProviderErrorClass.OptedOut));

        await using var db = _portal.Database.Open();
        var stop = await db.Suppressions.SingleAsync();
        Assert.Equal((scope, sender), (stop.Scope, stop.Sender));
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

    private static string Uuid(long text, char part) => $"aaaaaaaa-bbbb-4ccc-8ddd-{text:00000000000}{part}";

    private async Task ChangeNumberAsync()
    {
        var version = (await PersonAsync()).Version;
        Assert.True((await _portal.Get<ChangeNumber>().ExecuteAsync(
            _portal.Staff, _person, new NumberChange(version, new PhoneNumber("+12125552399", "US"), "Said so at the desk", "At the desk", IsAskedByPerson: true), default)).IsSuccess);
    }

    /// <summary>A text whose reference and provider id follow from its own id, sent to the number that its person has now.</summary>
    private async Task<long> TextAsync(MessageState state, string? providerId = "", int? parts = null, decimal? price = null, Purpose? purpose = null)
    {
        var id = await _portal.SendAsync(_person, _portal.Now, state, purpose);
        var period = (await PersonAsync()).CurrentPeriodId;
        await _portal.Database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.ClientRef, $"ref-{id}")
                .SetProperty(x => x.ProviderMessageId, providerId == null ? null : $"p-{id}").SetProperty(x => x.Parts, parts).SetProperty(x => x.Price, price)
                .SetProperty(x => x.NumberPeriodId, period)),
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
