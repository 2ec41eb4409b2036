using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>Texts that wait because a sender's limit was reached.</summary>
internal static class WaitingTexts
{
    /// <summary>Lets them be decided on again at once; those that another limit holds back wait again.</summary>
    public static Task<int> WakeAsync(PortalDbContext db, SendingLimit limit, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.OutboundMessages
            .Where(m => m.State == MessageState.Deferred && m.DueAt > now && m.Reason == nameof(SendReason.SenderLimit) && db.Purposes.Any(p => p.Id == m.PurposeId && p.Sender == limit.Sender))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, now), cancellationToken);
}
