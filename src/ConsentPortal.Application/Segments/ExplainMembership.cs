using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments;

/// <summary>
/// Answers why one person belongs to a rule's people or does not. The answer shows what is known of the person, so the audit
/// trail keeps who looked; what the same visit asks again afterwards comes from <see cref="Membership"/>.
/// </summary>
public sealed class ExplainMembership(PortalDatabase database, Membership membership, TimeProvider clock)
{
    public async Task<Result<MembershipView>> ExecuteAsync(Actor actor, SegmentRule rule, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var found = await membership.GetAsync(actor, rule, id, cancellationToken);
        if (!found.IsSuccess)
            return found;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(OpenSubscriber.Viewed, "subscriber", id.ToString(), id));
                return Task.CompletedTask;
            },
            cancellationToken);
        return found;
    }
}
