using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>Gives a new portal the roles of <see cref="RoleBundle.Shipped"/>; roles that are there stay as they are.</summary>
public sealed class ShippedRoles(PortalDatabase database, TimeProvider clock)
{
    public Task EnsureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                var known = await db.Roles.Select(r => r.Name).ToListAsync(cancellationToken);
                foreach (var bundle in RoleBundle.Shipped.Where(b => !known.Contains(b.Name)))
                {
                    var role = new StaffRole { Id = Guid.CreateVersion7(now), Name = bundle.Name, NormalizedName = bundle.Name.ToUpperInvariant(), Purpose = bundle.Purpose };
                    db.Roles.Add(role);
                    foreach (var permission in bundle.Permissions)
                        db.RoleClaims.Add(new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = StaffRole.PermissionClaim, ClaimValue = permission });
                }
            },
            cancellationToken);
    }
}
