using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="Id">Of the member of staff.</param>
public sealed record RequestWorker(Guid Id, string Name);

/// <summary>Says who works on a request, so that two do not and none is left.</summary>
public sealed class AssignRequest(PortalDatabase database, StaffActors staff, TimeProvider clock)
{
    /// <returns>Everybody who may work on requests, by name.</returns>
    public async Task<IReadOnlyList<RequestWorker>> WorkersAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var roles = db.RoleClaims.Where(c => c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue == Permissions.HandlePrivacyRequests).Select(c => c.RoleId);
        return await db.Users.AsNoTracking().Where(s => s.SuspendedAt == null && db.UserRoles.Any(m => m.UserId == s.Id && roles.Contains(m.RoleId)))
            .OrderBy(s => s.DisplayName).Select(s => new RequestWorker(s.Id, s.DisplayName)).ToListAsync(cancellationToken);
    }

    /// <param name="staffId">Null gives it back to all.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, Guid? staffId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var worker = staffId is { } wanted ? await staff.FindAsync(wanted, cancellationToken) : null;
        if (staffId is not null && worker?.May(Permissions.HandlePrivacyRequests) != true)
            return new WorkerUnknown();
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.assigned", worker is null ? "Given back to all." : $"Assigned to {worker.Name}."),
            request =>
            {
                if (!request.IsOpen)
                    return new RequestNotReady("This request is closed. Nothing was changed.");
                request.AssigneeId = staffId;
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record WorkerUnknown() : Failure("Nobody like this works on privacy requests. Nothing was changed; choose somebody else.");
