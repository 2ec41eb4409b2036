using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>Closes a purpose to new people and stops its campaigns. Its consents, wordings and proofs stay.</summary>
public sealed class RetirePurpose(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PurposeId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => RetireAsync(db, actor, id, reason, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<Done>> RetireAsync(PortalDbContext db, Actor actor, PurposeId id, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purpose = await db.Purposes.FindAsync([id], cancellationToken);
        if (purpose is null || purpose.RetiredAt is not null)
            return new PurposeNotFound();
        purpose.RetiredAt = now;
        var stopped = await RetiredPurposeCampaigns.StopAsync(db, actor, id, now, cancellationToken);
        db.Audit(actor, now, new AuditFact("purpose.retired", "purpose", id.ToString(), Reason: reason,
            Before: new Dictionary<string, object?> { ["name"] = purpose.Name, ["retiredAt"] = null },
            After: new Dictionary<string, object?> { ["name"] = purpose.Name, ["retiredAt"] = now, ["campaignsStopped"] = stopped }));
        return Done.Value;
    }
}
