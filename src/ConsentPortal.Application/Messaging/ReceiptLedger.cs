using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Writes what receipts say into the send ledger, and what it teaches about the number, in the caller's transaction.</summary>
internal static class ReceiptLedger
{
    private const string Action = "texts.reported";
    private const int LongestKey = 200;
    private const int LongestId = 64;
    private const int LongestClientRef = 100;
    private const int LongestCode = 20;

    /// <summary>Keeps the receipts and applies those whose text is known; the others stay parked.</summary>
    public static async Task TakeAsync(
        PortalDbContext db, SendingGate gate, Actor actor, IReadOnlyList<DeliveryReceipt> receipts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = receipts.Select(KeyOf).ToList();
        var known = await db.ReceivedReceipts.Where(r => keys.Contains(r.DedupeKey)).Select(r => r.DedupeKey).ToListAsync(cancellationToken);
        var fresh = receipts.DistinctBy(KeyOf).ExceptBy(known, KeyOf).ToList();
        if (fresh.Count == 0)
            return;
        var messages = await MessagesAsync(db, fresh, cancellationToken);
        var (delivered, trail) = (new List<OutboundMessage>(), new TextTrail(Action));
        foreach (var group in fresh.GroupBy(messages.Of))
        {
            db.ReceivedReceipts.AddRange(group.Select(receipt => Row(receipt, group.Key?.Id, now)));
            if (group.Key is not { } message)
                continue;
            if (await ApplyAsync(db, gate, actor, message, [.. group], now, cancellationToken))
                delivered.Add(message);
            trail.Says(message.Id, message.State, TextTrail.Code(message.ErrorCode));
        }

        trail.WriteTo(db, actor, now);

        await StaffReceipts.TakeAsync(db, [.. fresh.Where(receipt => messages.Of(receipt) is null)], cancellationToken);
        await NumberLessons.DeliveredAsync(db, actor, delivered, now, cancellationToken);
        await NumberLessons.NetworksAsync(db, [.. fresh.Select(receipt => (messages.Of(receipt), receipt.NetworkCode))], cancellationToken);
    }

    /// <summary>
    /// Applies the receipts that came before the provider's id was stored. Call it in the transaction that stores the id,
    /// after storing it.
    /// </summary>
    /// <param name="message">With its provider id and its state as stored; it is brought up to date.</param>
    /// <returns>How many receipts were waiting.</returns>
    public static async Task<int> MatchParkedAsync(
        PortalDbContext db, SendingGate gate, Actor actor, OutboundMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (message.ProviderMessageId is not { } id)
            return 0;
        List<string> ids = [id, .. await SentParts.OfAsync(db, message, cancellationToken)];
        var parked = await db.ReceivedReceipts.Where(r => ids.Contains(r.ProviderMessageId) && r.MessageId == null).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        if (parked.Count == 0)
            return 0;
        foreach (var row in parked)
            row.MessageId = message.Id;
        var isDelivered = await ApplyAsync(db, gate, actor, message, [.. parked.Select(Receipt)], now, cancellationToken);
        var trail = new TextTrail(Action);
        trail.Says(message.Id, message.State, TextTrail.Code(message.ErrorCode));
        trail.WriteTo(db, actor, now);
        if (isDelivered)
            await NumberLessons.DeliveredAsync(db, actor, [message], now, cancellationToken);
        return parked.Count;
    }

    /// <returns>Whether these receipts are the first to say that the text was delivered.</returns>
    private static async Task<bool> ApplyAsync(
        PortalDbContext db, SendingGate gate, Actor actor, OutboundMessage message, IReadOnlyList<DeliveryReceipt> receipts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (before, hadId) = (message.State, message.ProviderMessageId is not null);
        var fold = await WriteAsync(db, message, receipts, cancellationToken);
        if (message is { ProviderMessageId: { } told, BodySealed: null } && receipts.Select(r => r.ProviderMessageId).Prepend(told).Distinct(StringComparer.Ordinal).ToList() is var ids && (!hadId || ids.Count > 1))
            await RedactionPlan.AddLateAsync(db, actor, message.SubscriberId, ids, now, cancellationToken);
        if (receipts.Any(r => r.ErrorClass == ProviderErrorClass.OptedOut))
            await NumberLessons.OptedOutAsync(db, gate, actor, message, now, cancellationToken);
        foreach (var receipt in receipts.Where(r => r.ErrorClass is ProviderErrorClass.OptedOut or ProviderErrorClass.Barred))
            await ProviderVerdicts.BlockedAsync(db, message, receipt.ErrorClass!.Value, receipt.ErrorCode, receipt.At, now, cancellationToken);
        if (receipts.FirstOrDefault(r => r.ErrorClass == ProviderErrorClass.DailyLimit) is { } full)
            await DailyLimit.ReachedAsync(db, actor, message, full.NetworkCode, full.ErrorCode, now, cancellationToken);
        if (fold.Ended is { } ended)
            await NumberLessons.FailedAsync(db, actor, message, new Lesson(ended, fold.ErrorCode, fold.Meaning), now, cancellationToken);
        return fold.State == MessageState.Delivered && before != MessageState.Delivered;
    }

    /// <summary>The guard on the state that was read keeps two receipts on two machines from undoing each other.</summary>
    private static async Task<ReceiptFold> WriteAsync(PortalDbContext db, OutboundMessage message, IReadOnlyList<DeliveryReceipt> receipts, CancellationToken cancellationToken)
    {
        var (parts, earlier) = await PartsAsync(db, message, receipts, cancellationToken);
        while (true)
        {
            var (id, before) = (message.Id, message.State);
            var fold = ReceiptFold.Before(message, parts).Apply(receipts, earlier);
            var written = await db.UpdateRowAsync<OutboundMessage>(
                [
                    new(nameof(message.State), fold.State), new(nameof(message.ProviderMessageId), fold.ProviderMessageId), new(nameof(message.SentAt), fold.SentAt),
                    new(nameof(message.FinalAt), fold.FinalAt), new(nameof(message.ErrorCode), fold.ErrorCode), new(nameof(message.Parts), fold.Parts), new(nameof(message.Price), fold.Price),
                    // The doubt is over, and what a person made of it is no reason any more.
                    new(nameof(message.Reason), before == MessageState.Unconfirmed || ReceiptFold.IsSettledByHand(message) ? null : message.Reason),
                ],
                [new(nameof(message.Id), id), new(nameof(message.State), before)], cancellationToken);
            if (written == 1)
            {
                Mirror(message, fold);
                return fold;
            }

            var current = await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id, cancellationToken);
            Mirror(message, ReceiptFold.Of(current, parts));
            message.Reason = current.Reason;
        }
    }

    /// <summary>Of a text whose parts have receipts of their own: the ids of these parts, new ones included, and what came before these receipts.</summary>
    private static async Task<(IReadOnlyCollection<string> Ids, IReadOnlyList<DeliveryReceipt> Earlier)> PartsAsync(
        PortalDbContext db, OutboundMessage message, IReadOnlyList<DeliveryReceipt> receipts, CancellationToken cancellationToken)
    {
        if (!(message.Parts > 1) || receipts.All(r => r.Parts is not null))
            return ([], []);
        // Takes the row, so that of two machines with a part each the second one sees what the first one had.
        await db.OutboundMessages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Parts, x => x.Parts), cancellationToken);
        var ids = await SentParts.OfAsync(db, message, cancellationToken);
        if (receipts.Where(ReceiptFold.Of(message, ids).IsOfPart).Select(r => Cut(r.ProviderMessageId, LongestId)!).ToList() is not { Count: > 0 } told)
            return ([], []);
        await SentParts.AddAsync(db, message.Id, ids, told, cancellationToken);
        var keys = receipts.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        var rows = await db.ReceivedReceipts.AsNoTracking().Where(r => r.MessageId == message.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        // What did not know how many parts there are spoke of one of them, as these do.
        return (ids, [.. rows.Where(r => !keys.Contains(r.DedupeKey)).Select(r => Receipt(r) with { IsOfPart = r.Parts is null })]);
    }

    private static void Mirror(OutboundMessage message, ReceiptFold fold) =>
        (message.State, message.ProviderMessageId, message.SentAt, message.FinalAt, message.ErrorCode, message.Parts, message.Price) =
        (fold.State, fold.ProviderMessageId, fold.SentAt, fold.FinalAt, fold.ErrorCode, fold.Parts, fold.Price);

    private static async Task<Matches> MessagesAsync(PortalDbContext db, IReadOnlyList<DeliveryReceipt> receipts, CancellationToken cancellationToken)
    {
        var refs = receipts.Select(r => r.ClientRef).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var byRef = await db.OutboundMessages.AsNoTracking().Where(m => refs.Contains(m.ClientRef)).ToDictionaryAsync(m => m.ClientRef, StringComparer.Ordinal, cancellationToken);
        var ids = receipts.Where(r => r.ClientRef is null || !byRef.ContainsKey(r.ClientRef)).Select(r => r.ProviderMessageId).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
            return new Matches(byRef, []);
        var found = await db.OutboundMessages.AsNoTracking().Where(m => ids.Contains(m.ProviderMessageId!)).ToListAsync(cancellationToken);
        var parts = await SentParts.NamedAsync(db, ids.Except(found.Select(m => m.ProviderMessageId!), StringComparer.Ordinal), cancellationToken);
        // One object for one row, however its receipts name it.
        var known = byRef.Values.Concat(found).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        return new Matches(byRef, found.Select(m => (Id: m.ProviderMessageId!, Message: m)).Concat(parts).DistinctBy(p => p.Id, StringComparer.Ordinal)
            .ToDictionary(p => p.Id, p => known.GetValueOrDefault(p.Message.Id, p.Message), StringComparer.Ordinal));
    }

    private static ReceivedReceipt Row(DeliveryReceipt receipt, long? messageId, DateTimeOffset now) => new()
    {
        DedupeKey = KeyOf(receipt), ProviderMessageId = Cut(receipt.ProviderMessageId, LongestId)!, ClientRef = Cut(receipt.ClientRef, LongestClientRef),
        Status = receipt.Status.ToString(), ErrorCode = Cut(receipt.ErrorCode, LongestCode), ErrorClass = receipt.ErrorClass?.ToString(),
        Parts = receipt.Parts, Price = receipt.Price, At = receipt.At, ReceivedAt = now, MessageId = messageId,
    };

    private static DeliveryReceipt Receipt(ReceivedReceipt row) => new(
        row.ProviderMessageId, row.ClientRef, Enum.Parse<DeliveryStatus>(row.Status), row.ErrorCode,
        row.ErrorClass is { } name ? Enum.Parse<ProviderErrorClass>(name) : null, row.At, row.Parts, row.Price, row.DedupeKey);

    internal static string KeyOf(DeliveryReceipt receipt) => Cut(receipt.DedupeKey, LongestKey)!;

    /// <summary>No provider's value is that long today; one that were must not block the whole batch.</summary>
    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];

    private sealed record Matches(Dictionary<string, OutboundMessage> ByRef, Dictionary<string, OutboundMessage> ById)
    {
        public OutboundMessage? Of(DeliveryReceipt receipt) =>
            receipt.ClientRef is { } clientRef && ByRef.TryGetValue(clientRef, out var byRef) ? byRef : ById.GetValueOrDefault(receipt.ProviderMessageId);
    }
}
