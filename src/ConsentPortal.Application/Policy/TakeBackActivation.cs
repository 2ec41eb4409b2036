using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Policy;

/// <summary>Stops a version whose day has not come; it is a draft again and needs a second person anew.</summary>
public sealed class TakeBackActivation(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, int version, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is null)
            return new StaffWritesPolicy();
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await PolicyChange.ApplyAsync(
            database, version,
            (db, row) =>
            {
                var before = new Dictionary<string, object?> { ["activeFrom"] = row.ActiveFrom };
                var result = row.TakeBack(now);
                if (result.IsSuccess)
                    db.AuditPolicy(actor, now, row, "policy.activationTakenBack", reason.Trim(), before, new Dictionary<string, object?> { ["activeFrom"] = null });
                return result;
            },
            cancellationToken);
    }
}
