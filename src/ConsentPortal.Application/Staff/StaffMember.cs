using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Application.Staff;

/// <summary>A member of staff. Nobody registers: staff are invited, and suspended rather than deleted.</summary>
public sealed class StaffMember : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    public DateTimeOffset InvitedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }
}

/// <summary>A bundle of permissions, edited as data; the permissions are its claims of type <see cref="PermissionClaim"/>.</summary>
public sealed class StaffRole : IdentityRole<Guid>
{
    public const string PermissionClaim = "permission";

    public required string Purpose { get; set; }
}
