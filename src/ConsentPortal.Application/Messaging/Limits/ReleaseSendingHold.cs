using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>Ends what a carrier's refusal holds back before its day is over: when the carrier has raised the limit, for instance.</summary>
public sealed class ReleaseSendingHold(PortalDatabase database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var now = clock.GetUtcNow();
        return database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.SendingLimits.SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { HeldUntil: { } until } limit || until <= now)
                    return new SendingLimitRefused("Nothing is held back here any more. Nothing was changed.");
                limit.HeldUntil = null;
                await WaitingTexts.WakeAsync(db, limit, now, cancellationToken);
                db.Audit(actor, now, new AuditFact("sending.limitReleased", SendingLimitFacts.ObjectType, id.ToString(),
                    Before: new Dictionary<string, object?> { ["heldUntil"] = until }, After: new Dictionary<string, object?> { ["heldUntil"] = null }));
                return Done.Value;
            },
            cancellationToken);
    }
}
