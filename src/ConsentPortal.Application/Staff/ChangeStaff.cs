using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Gives and takes roles, suspends and takes back. A new security stamp ends what the person has open within a minute.
/// </summary>
public sealed class ChangeStaff(PortalDatabase database, StaffActors actors, TimeProvider clock)
{
    public async Task<Result<Done>> RolesAsync(Actor actor, Guid staffId, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        if (actor.Id == staffId.ToString())
            return new NotOnYourself();
        var now = clock.GetUtcNow();
        var changed = await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var person = await db.Users.FirstOrDefaultAsync(s => s.Id == staffId, cancellationToken);
                if (person is null)
                    return new StaffNotFound();
                if (roles.Count == 0)
                    return new StaffDetailsRefused("Choose at least one role, or suspend the person.");
                if (await InviteStaff.ConflictAsync(db, roles, cancellationToken) is { } conflict)
                    return conflict;
                var held = await db.UserRoles.Where(m => m.UserId == staffId).ToListAsync(cancellationToken);
                var all = await db.Roles.ToDictionaryAsync(r => r.Id, r => r.Name!, cancellationToken);
                var chosen = all.Where(r => roles.Contains(r.Value)).Select(r => r.Key).ToHashSet();
                db.UserRoles.RemoveRange(held.Where(m => !chosen.Contains(m.RoleId)));
                db.UserRoles.AddRange(chosen.Except(held.Select(m => m.RoleId)).Select(id => new IdentityUserRole<Guid> { UserId = staffId, RoleId = id }));
                person.SecurityStamp = Guid.CreateVersion7(now).ToString("N");
                db.Audit(actor, now, new AuditFact("staff.rolesChanged", "staff", staffId.ToString(),
                    Before: new Dictionary<string, object?> { ["roles"] = held.Select(m => all[m.RoleId]).Order() },
                    After: new Dictionary<string, object?> { ["roles"] = chosen.Select(id => all[id]).Order() }));
                return Done.Value;
            },
            cancellationToken);
        actors.Forget(staffId);
        return changed;
    }

    public async Task<Result<Done>> SuspendAsync(Actor actor, Guid staffId, bool isSuspended, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        if (actor.Id == staffId.ToString())
            return new NotOnYourself();
        if (!Subscribers.ReasonNeeded.IsMetBy(reason))
            return new Subscribers.ReasonNeeded();
        var now = clock.GetUtcNow();
        var changed = await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var person = await db.Users.FirstOrDefaultAsync(s => s.Id == staffId, cancellationToken);
                if (person is null)
                    return new StaffNotFound();
                var before = person.SuspendedAt;
                person.SuspendedAt = isSuspended ? now : null;
                person.SecurityStamp = Guid.CreateVersion7(now).ToString("N");
                db.Audit(actor, now, new AuditFact(isSuspended ? "staff.suspended" : "staff.restored", "staff", staffId.ToString(), Reason: reason,
                    Before: new Dictionary<string, object?> { ["suspendedAt"] = before }, After: new Dictionary<string, object?> { ["suspendedAt"] = person.SuspendedAt }));
                return Done.Value;
            },
            cancellationToken);
        actors.Forget(staffId);
        return changed;
    }
}

public sealed record NotOnYourself() : Failure("Nobody changes their own roles or suspends themselves. Nothing was changed; ask another administrator.");
