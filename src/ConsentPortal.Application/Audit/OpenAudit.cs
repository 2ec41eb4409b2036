using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Audit;

/// <summary>Begins a visit to the audit trail: reading it is itself kept, once for a visit, and once for each person whose entries are asked for in it.</summary>
public sealed class OpenAudit(PortalDatabase database, TimeProvider clock)
{
    public const string SubjectViewed = "audit.subjectViewed";

    public Task ExecuteAsync(Actor actor, CancellationToken cancellationToken) => KeepAsync(actor, new AuditFact("audit.viewed", "audit", "trail"), cancellationToken);

    /// <summary>All entries about one person are their history: whoever asks for them has looked at that person.</summary>
    public Task ExecuteAsync(Actor actor, SubscriberId subject, CancellationToken cancellationToken) =>
        KeepAsync(actor, new AuditFact(SubjectViewed, "audit", "trail", subject), cancellationToken);

    private async Task KeepAsync(Actor actor, AuditFact fact, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, fact);
                return Task.CompletedTask;
            },
            cancellationToken);
    }
}
