using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Consent;

/// <summary>Closes a purpose to new people. Its consents, wordings and proofs stay.</summary>
public sealed class RetirePurpose(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PurposeId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var purpose = await db.Purposes.FindAsync([id], cancellationToken);
                if (purpose is null || purpose.RetiredAt is not null)
                    return new PurposeNotFound();
                purpose.RetiredAt = now;
                db.Audit(actor, now, new AuditFact("purpose.retired", "purpose", id.ToString(), Reason: reason));
                return Done.Value;
            },
            cancellationToken);
    }
}
