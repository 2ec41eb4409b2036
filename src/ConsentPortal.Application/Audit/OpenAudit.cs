using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Audit;

/// <summary>Begins a visit to the audit trail: reading it is itself kept, once for a visit.</summary>
public sealed class OpenAudit(PortalDatabase database, TimeProvider clock)
{
    public async Task ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("audit.viewed", "audit", "trail"));
                return Task.CompletedTask;
            },
            cancellationToken);
    }
}
