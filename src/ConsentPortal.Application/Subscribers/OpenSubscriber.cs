using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// Begins a visit to one person's page: the audit trail keeps who looked, and then the page is answered. Whatever the
/// visit loads again afterwards comes from <see cref="SubscriberDetail"/> and leaves no second entry.
/// </summary>
public sealed class OpenSubscriber(PortalDatabase database, SubscriberDetail detail, TimeProvider clock)
{
    public const string Viewed = "subscriber.viewed";

    public async Task<Result<SubscriberDetails>> ExecuteAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var found = await detail.GetAsync(actor, id, cancellationToken);
        if (!found.IsSuccess)
            return found;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(Viewed, "subscriber", id.ToString(), id));
                return Task.CompletedTask;
            },
            cancellationToken);
        return found;
    }
}
