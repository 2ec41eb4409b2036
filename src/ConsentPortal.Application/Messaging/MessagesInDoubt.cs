using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Texts of which nobody knows whether they left: the process died, the line broke, the answer was none. They are looked up
/// in the provider's records by our reference; what is not found there stays for a person, and is never sent again by a job.
/// </summary>
public sealed class MessagesInDoubt(PortalDatabase database, SubscriberVault vault, MatchParkedReceipts receipts, ISmsGateway gateway, TimeProvider clock)
{
    // Records of the provider lag by minutes.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LastLook = TimeSpan.FromHours(24);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private const int LooksAtOnce = 20;

    private DateTimeOffset _lastLookAt = DateTimeOffset.MinValue;

    /// <summary>A text that is "sending" beyond its lease was handed over by a process that is no more.</summary>
    public async Task<int> MarkSilentAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        if (!await db.OutboundMessages.AnyAsync(m => m.State == MessageState.Sending && m.LeaseUntil < now, cancellationToken))
            return 0;
        return await db.OutboundMessages.Where(m => m.State == MessageState.Sending && m.LeaseUntil < now).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.Reason, nameof(SendReason.InDoubt)).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Matches receipts that were missed and asks the provider about some texts, at most once a minute.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _lastLookAt < LookEvery)
            return;
        _lastLookAt = now;
        await receipts.ExecuteAsync(Actor.Job("dispatcher"), cancellationToken);
        await using var db = database.Open();
        var (oldest, newest) = (now - LastLook, now - FirstLook);
        var texts = await (
            from message in db.OutboundMessages.AsNoTracking()
            where message.State == MessageState.Unconfirmed && message.SentAt > oldest && message.SentAt < newest
            join subscriber in db.Subscribers on message.SubscriberId equals subscriber.Id
            orderby message.Id
            select new { message.Id, message.ClientRef, message.SentAt, Subscriber = subscriber }).AsNoTracking().Take(LooksAtOnce).ToListAsync(cancellationToken);
        foreach (var text in texts)
        {
            if (vault.Open(text.Subscriber) is not { } opened)
                continue;
            var found = await gateway.FindByClientRefAsync(text.ClientRef, opened.Phone.E164, text.SentAt!.Value, cancellationToken);
            if (found is { IsSuccess: true, Value: [var record, ..] })
                await ConfirmAsync(text.Id, record, now, cancellationToken);
        }
    }

    private Task<int> ConfirmAsync(long id, ProviderRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (state, final) = record.Status switch
        {
            DeliveryStatus.Delivered => (MessageState.Delivered, (DateTimeOffset?)now),
            DeliveryStatus.Rejected or DeliveryStatus.Undeliverable or DeliveryStatus.Failed => (MessageState.Failed, now),
            DeliveryStatus.Expired => (MessageState.Expired, now),
            DeliveryStatus.Submitted or DeliveryStatus.Buffered or DeliveryStatus.Unknown => (MessageState.Accepted, null),
        };
        return database.WriteAsync(
            db => db.OutboundMessages.Where(m => m.Id == id && m.State == MessageState.Unconfirmed).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, state).SetProperty(x => x.ProviderMessageId, record.ProviderMessageId).SetProperty(x => x.FinalAt, final)
                    .SetProperty(x => x.ErrorCode, record.ErrorCode).SetProperty(x => x.Reason, (string?)null),
                cancellationToken),
            cancellationToken);
    }
}
