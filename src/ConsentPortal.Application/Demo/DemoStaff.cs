using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <param name="Role">Holds what the person may do.</param>
public sealed record DemoPerson(string Name, string Email, RoleBundle Role);

/// <summary>One person per role and a second compliance officer, on a developer's machine only; what they may do is what their role says.</summary>
public sealed class DemoStaff(PortalDatabase database, TimeProvider clock)
{
    public const string Password = "demo people only";

    public static IReadOnlyList<DemoPerson> People { get; } =
    [
        new("Ada Lindqvist", "admin@demo.example", RoleBundle.Administrator),
        new("Carla Mendes", "compliance@demo.example", RoleBundle.ComplianceOfficer),
        new("Theo Varga", "second@demo.example", RoleBundle.ComplianceOfficer),
        new("Milo Brandt", "marketer@demo.example", RoleBundle.Marketer),
        new("Priya Raman", "approver@demo.example", RoleBundle.CampaignApprover),
        new("Sam Okafor", "support@demo.example", RoleBundle.SupportAgent),
        new("Ines Laurent", "auditor@demo.example", RoleBundle.Auditor),
    ];

    public static bool IsDemo(string email) => People.Any(p => p.Email.Equals(email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds those who are not there yet; the shipped roles are.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                var known = await db.Users.Select(s => s.Email).ToListAsync(cancellationToken);
                var roles = await db.Roles.ToDictionaryAsync(r => r.Name!, r => r.Id, cancellationToken);
                foreach (var person in People.Where(p => !known.Contains(p.Email)))
                    Add(db, person, roles[person.Role.Name], now);
            },
            cancellationToken);
    }

    private static void Add(PortalDbContext db, DemoPerson person, Guid roleId, DateTimeOffset now)
    {
        var name = person.Email.ToUpperInvariant();
        var member = new StaffMember
        {
            Id = Guid.CreateVersion7(now), DisplayName = person.Name, Email = person.Email, NormalizedEmail = name, UserName = person.Email,
            NormalizedUserName = name, EmailConfirmed = true, LockoutEnabled = true, InvitedAt = now, SecurityStamp = Guid.CreateVersion7(now).ToString("N"),
        };
        member.PasswordHash = new PasswordHasher<StaffMember>().HashPassword(member, Password);
        db.Users.Add(member);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = member.Id, RoleId = roleId });
        db.Audit(Actor.Job("demo"), now, new AuditFact("staff.invited", "staff", member.Id.ToString(), After: new Dictionary<string, object?> { ["roles"] = new[] { person.Role.Name } }));
    }
}
