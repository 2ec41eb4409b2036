using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>Takes a limit away, with what it held back: the sender sends on as if there were none.</summary>
public sealed class RemoveSendingLimit(PortalDatabase database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var now = clock.GetUtcNow();
        return database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.SendingLimits.SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } limit)
                    return new SendingLimitRefused("This limit was removed already. Nothing was changed.");
                db.SendingLimits.Remove(limit);
                await WaitingTexts.WakeAsync(db, limit, now, cancellationToken);
                db.Audit(actor, now, new AuditFact("sending.limitRemoved", SendingLimitFacts.ObjectType, id.ToString(), Before: SendingLimitFacts.Of(limit)));
                return Done.Value;
            },
            cancellationToken);
    }
}
