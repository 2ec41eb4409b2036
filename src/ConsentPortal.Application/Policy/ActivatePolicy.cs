using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>A second person lets a draft govern, now or from an instant on. Nobody who wrote in it can.</summary>
public sealed class ActivatePolicy(PortalDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <param name="seenHash">Of the text that stood on the approver's screen.</param>
    /// <param name="from">Null for now.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, int version, string seenHash, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } staff)
            return new StaffWritesPolicy();
        var now = clock.GetUtcNow();
        if (from > now + Furthest)
            return new BeginsTooLate();
        return await PolicyChange.ApplyAsync(
            database, version,
            async (db, row) =>
            {
                var begin = from ?? now;
                if (begin < now || await db.Policies.AnyAsync(p => p.Version != version && p.ActiveFrom > begin, cancellationToken))
                    return new BeginsTooEarly();
                var result = row.Activate(staff, seenHash, begin, now);
                if (!result.IsSuccess)
                    return result;
                var (before, after) = PolicyChange.Differences(await PolicyVersions.OfAsync(db, row.BaseVersion ?? 1, cancellationToken), row.Policy);
                (after["activeFrom"], after["hash"], after["simulation"]) = (begin, row.Hash, row.Simulation!.Id.ToString());
                db.AuditPolicy(actor, now, row, "policy.activated", row.Reason, before, after);
                return result;
            },
            cancellationToken);
    }
}
