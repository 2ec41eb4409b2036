using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Finds receipts that were kept while their text was unknown and whose text is known by now. The dispatcher does so itself
/// when it stores an id; this catches a receipt that another machine was committing in that very moment.
/// </summary>
public sealed class MatchParkedReceipts(PortalDatabase database, SendingGate gate, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <summary>The provider gives up on a receipt after 24 hours, a carrier after 72.</summary>
    private static readonly TimeSpan OldestReceipt = TimeSpan.FromDays(4);

    /// <returns>How many receipts were matched.</returns>
    public async Task<int> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var now = clock.GetUtcNow();
        return await database.WriteAsJobAsync(
            async db =>
            {
                var since = now - OldestReceipt;
                var waiting = db.ReceivedReceipts.Where(r => r.MessageId == null && r.ReceivedAt > since);
                var ids = await waiting.Join(db.OutboundMessages, r => r.ProviderMessageId, m => m.ProviderMessageId, (_, m) => m.Id)
                    .Union(waiting.Join(db.SentParts, r => r.ProviderMessageId, p => p.ProviderMessageId, (_, p) => p.MessageId))
                    .OrderBy(id => id).Take(AtOnce).ToListAsync(cancellationToken);
                var matched = 0;
                foreach (var message in await db.OutboundMessages.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(cancellationToken))
                    matched += await ReceiptLedger.MatchParkedAsync(db, gate, actor, message, now, cancellationToken);
                return matched;
            },
            cancellationToken);
    }
}
