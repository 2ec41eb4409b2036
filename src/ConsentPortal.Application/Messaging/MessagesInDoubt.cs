using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Texts of which nobody knows whether they left: the process died, the line broke, the answer was none. They are looked up
/// in the provider's records by our reference; what is not found there within a day stays for a person (<see cref="SettleDoubts"/>), and is
/// never sent again by a job.
/// </summary>
public sealed class MessagesInDoubt(
    PortalDatabase database, SubscriberVault vault, MatchParkedReceipts parked, ReceiveDeliveryReceipt receive, ISmsGateway gateway, IOptions<DispatchOptions> options, TimeProvider clock)
{
    /// <summary>After it was handed over; what is not found by then waits for a person.</summary>
    internal static readonly TimeSpan LookedUpFor = TimeSpan.FromHours(24);

    private const int LooksAtOnce = 20;
    private const int SilentAtOnce = 500;

    private static readonly Actor Dispatcher = Actor.Job("dispatcher");

    /// <summary>The last text looked up: those that are never found must not keep the others from their turn.</summary>
    private long _lookedUpTo;

    /// <summary>A text that is "sending" beyond its lease was handed over by a process that is no more.</summary>
    public async Task<int> MarkSilentAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        if (!await db.OutboundMessages.AnyAsync(m => m.State == MessageState.Sending && m.LeaseUntil < now, cancellationToken))
            return 0;
        return await database.WriteAsJobAsync(write => MarkSilentAsync(write, now, cancellationToken), cancellationToken);
    }

    private static async Task<int> MarkSilentAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var silent = db.OutboundMessages.Where(m => m.State == MessageState.Sending && m.LeaseUntil < now);
        var ids = await silent.OrderBy(m => m.Id).Select(m => m.Id).Take(SilentAtOnce).ToArrayAsync(cancellationToken);
        var marked = await silent.Where(m => EF.Parameter(ids).Contains(m.Id)).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.Reason, nameof(SendReason.InDoubt)).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        // An outcome may have been written between the look and the change.
        var trail = new TextTrail("texts.inDoubt");
        foreach (var id in await db.OutboundMessages.Where(m => EF.Parameter(ids).Contains(m.Id) && m.State == MessageState.Unconfirmed).Select(m => m.Id).ToListAsync(cancellationToken))
            trail.Says(id, MessageState.Unconfirmed, nameof(SendReason.InDoubt));
        trail.WriteTo(db, Dispatcher, now);
        return marked;
    }

    /// <summary>Matches receipts that were missed and asks the provider about some texts; the next call goes on with others.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        await parked.ExecuteAsync(Dispatcher, cancellationToken);
        var texts = await NextAsync(cancellationToken);
        _lookedUpTo = texts.Count == LooksAtOnce ? texts[^1].Id : 0;
        var looks = new List<DoubtLook>();
        foreach (var text in texts)
        {
            var found = await gateway.FindByClientRefAsync(text.ClientRef, text.To, text.SentAt, cancellationToken);
            // A record says what a receipt would have said, and teaches as much about the number; there may be one for each part of the text.
            foreach (var record in found.IsSuccess ? found.Value : [])
                await receive.ExecuteAsync(Dispatcher, ProviderRecordReceipt.Of(record, text.ClientRef, clock.GetUtcNow()), cancellationToken);
            if (found is { IsSuccess: false } or { Value.Count: 0 })
                looks.Add(new DoubtLook(text.Id, found.Failure?.Message));
        }

        await DoubtNotes.OfLooksAsync(database, looks, clock.GetUtcNow(), cancellationToken);
    }

    private async Task<List<TextInDoubt>> NextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var (oldest, newest) = (now - LookedUpFor, now - options.Value.LookUpAfter);
        var texts = await (
            from message in db.OutboundMessages.AsNoTracking()
            where message.State == MessageState.Unconfirmed && message.SentAt > oldest && message.SentAt < newest && message.Id > _lookedUpTo
            join subscriber in db.Subscribers on message.SubscriberId equals subscriber.Id
            // Nobody can say any more to whom a text of an erased person went.
            where subscriber.WrappedKey != null && subscriber.PhoneSealed != null
            // The records are searched by number, and only the present one can be read.
            where message.NumberPeriodId == null || message.NumberPeriodId == subscriber.CurrentPeriodId
            orderby message.Id
            select new { message.Id, message.ClientRef, message.SentAt, Subscriber = subscriber }).AsNoTracking().Take(LooksAtOnce).ToListAsync(cancellationToken);
        return texts.ConvertAll(text => new TextInDoubt(text.Id, text.ClientRef, vault.Open(text.Subscriber)!.Phone.E164, text.SentAt!.Value));
    }

    private sealed record TextInDoubt(long Id, string ClientRef, string To, DateTimeOffset SentAt)
    {
        /// <summary>Without the number, so that the record can stand in a log.</summary>
        public override string ToString() => $"Text in doubt {Id}";
    }
}
