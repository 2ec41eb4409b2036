using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Policy;

/// <summary>
/// Writes settings into a draft. A simulation of the earlier text and a request for a second person end with it: both were
/// about something else.
/// </summary>
public sealed class EditPolicyDraft(PortalDatabase database, TimeProvider clock)
{
    /// <param name="seenHash">Of the draft that the writer had before them.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, int version, string seenHash, PolicySettings settings, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } writer)
            return new StaffWritesPolicy();
        if (!settings.ToVersion(version).TryGet(out var policy, out var refused))
            return refused;
        var now = clock.GetUtcNow();
        return await PolicyChange.ApplyAsync(
            database, version,
            (db, row) =>
            {
                if (!row.IsDraft)
                    return new PolicyIsNoDraft(version);
                if (row.Hash != seenHash)
                    return new DraftChangedMeanwhile();
                var (before, after) = PolicyChange.Differences(row.Policy, policy);
                if (before.Count == 0)
                    return Done.Value;
                row.Write(writer, policy, now);
                db.AuditPolicy(actor, now, row, "policy.edited", before: before, after: after);
                return Done.Value;
            },
            cancellationToken);
    }
}
