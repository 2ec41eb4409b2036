using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>Gives a draft up; it stays in the history with what it said.</summary>
public sealed class AbandonPolicyDraft(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, int version, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } staff)
            return new StaffWritesPolicy();
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await PolicyChange.ApplyAsync(
            database, version,
            async (db, row) =>
            {
                var result = row.Abandon(staff, now);
                if (!result.IsSuccess)
                    return result;
                await db.SimulatedTexts.Where(t => t.PolicyVersion == version).ExecuteDeleteAsync(cancellationToken);
                db.AuditPolicy(actor, now, row, "policy.abandoned", reason.Trim(), before: PolicyChange.Facts(row.Policy));
                return result;
            },
            cancellationToken);
    }
}
