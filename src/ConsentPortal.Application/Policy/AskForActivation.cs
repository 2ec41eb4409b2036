using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>Hands a draft, with a simulation of exactly its text, to a second person.</summary>
public sealed class AskForActivation(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, int version, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } staff)
            return new StaffWritesPolicy();
        var now = clock.GetUtcNow();
        return await PolicyChange.ApplyAsync(
            database, version,
            async (db, row) =>
            {
                var old = await PolicyVersions.OfAsync(db, row.BaseVersion ?? 1, cancellationToken);
                if (row.IsDraft && PolicyChange.Differences(old, row.Policy).Before.Count == 0)
                    return new NothingChanged(old.Number);
                var result = row.Ask(staff, now);
                if (result.IsSuccess)
                    db.AuditPolicy(actor, now, row, "policy.activationAsked", after: Asked(row));
                return result;
            },
            cancellationToken);
    }

    private static Dictionary<string, object?> Asked(PolicyRow row) => new() { ["hash"] = row.Hash, ["simulation"] = row.Simulation!.Id.ToString() };
}
