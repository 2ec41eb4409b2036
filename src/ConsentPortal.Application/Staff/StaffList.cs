using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <param name="HasPassword">False while the invitation waits.</param>
public sealed record StaffRow(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<string> Roles,
    bool HasTwoFactor,
    bool HasPassword,
    DateTimeOffset InvitedAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? SuspendedAt);

public sealed record RoleRow(Guid Id, string Name, string Purpose, IReadOnlySet<string> Permissions, int Holders);

/// <summary>Who works here, and what each role may do.</summary>
public sealed class StaffList(PortalDatabase database)
{
    public async Task<IReadOnlyList<StaffRow>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        await using var db = database.Open();
        var roles = (await (
                from membership in db.UserRoles.AsNoTracking()
                join role in db.Roles on membership.RoleId equals role.Id
                orderby role.Name
                select new { membership.UserId, role.Name }).ToListAsync(cancellationToken))
            .ToLookup(r => r.UserId, r => r.Name!);
        var people = await db.Users.AsNoTracking().OrderBy(s => s.DisplayName).ToListAsync(cancellationToken);
        return
        [
            .. people.Select(s => new StaffRow(
                s.Id, s.DisplayName, s.Email ?? "", [.. roles[s.Id]], s.TwoFactorEnabled, s.PasswordHash is not null, s.InvitedAt, s.LastSeenAt, s.SuspendedAt)),
        ];
    }

    public async Task<IReadOnlyList<RoleRow>> RolesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        await using var db = database.Open();
        var roles = await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancellationToken);
        var claims = (await db.RoleClaims.AsNoTracking().Where(c => c.ClaimType == StaffRole.PermissionClaim).ToListAsync(cancellationToken))
            .ToLookup(c => c.RoleId, c => c.ClaimValue!);
        var holders = await db.UserRoles.AsNoTracking().GroupBy(m => m.RoleId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return [.. roles.Select(r => new RoleRow(r.Id, r.Name!, r.Purpose, claims[r.Id].ToHashSet(), holders.GetValueOrDefault(r.Id)))];
    }
}
