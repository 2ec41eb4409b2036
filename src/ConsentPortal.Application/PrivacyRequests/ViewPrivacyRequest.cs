using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Begins a visit to one request's page, which tells whose it is and what was written about it: the audit trail keeps who looked.
/// Whatever the visit loads again afterwards comes from <see cref="PrivacyRequestDetail"/> and leaves no second entry.
/// </summary>
public sealed class ViewPrivacyRequest(PortalDatabase database, PrivacyRequestDetail detail, TimeProvider clock)
{
    public const string Viewed = "request.viewed";

    public async Task<Result<PrivacyRequestView>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        var found = await detail.GetAsync(actor, id, cancellationToken);
        if (!found.TryGet(out var request, out _))
            return found;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(Viewed, "request", id.ToString(), request.SubscriberId, After: new Dictionary<string, object?> { ["number"] = request.Number, ["kind"] = request.Kind }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return found;
    }
}
