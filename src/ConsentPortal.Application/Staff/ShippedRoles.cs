using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Gives a portal the roles of <see cref="RoleBundle.Shipped"/>, and a role from an earlier release what its bundle has gained
/// since. What was handed out once is remembered and never again: an administrator who took it away meant it.
/// </summary>
public sealed class ShippedRoles(PortalDatabase database, TimeProvider clock)
{
    private static readonly Actor Release = Actor.Job("release");

    private static readonly string[] Younger = [Permissions.ApproveImports, Permissions.ManageApiKeys];

    // Younger than the record itself: no portal without one was ever given them.
    private static readonly string[] YoungerThanTheRecord =
    [
        Permissions.ManageRetention, Permissions.ViewBreaches, Permissions.ManageBreaches, Permissions.ManageEvidenceRooms, Permissions.VisitEvidenceRooms, Permissions.SettleTexts,
    ];

    public Task EnsureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(db => EnsureAsync(db, now, cancellationToken), cancellationToken);
    }

    private static async Task EnsureAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var roles = await db.Roles.OrderBy(r => r.Name).ToListAsync(cancellationToken);
        var held = (await db.RoleClaims.AsNoTracking().Where(c => c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue != null)
            .OrderBy(c => c.Id).Select(c => new { c.RoleId, Permission = c.ClaimValue! }).ToListAsync(cancellationToken)).ToLookup(c => c.RoleId, c => c.Permission);
        var setting = await db.PortalSettings.FindAsync([PortalSetting.HandedOutPermissions], cancellationToken);
        var record = setting is null ? BeforeTheRecord(roles, [.. held.SelectMany(role => role)]) : JsonSerializer.Deserialize<Dictionary<string, List<string>>>(setting.Json)!;
        foreach (var bundle in RoleBundle.Shipped)
        {
            var handedOut = record.GetValueOrDefault(bundle.Name);
            if (roles.Find(r => r.Name == bundle.Name) is { } role)
                Extend(db, role, bundle, [.. held[role.Id]], handedOut ?? [], now);
            else if (handedOut is null)
                Add(db, bundle, now);
            record[bundle.Name] = [.. (handedOut ?? []).Union(bundle.Permissions).Order(StringComparer.Ordinal)];
        }

        Remember(db, setting, JsonSerializer.Serialize(new SortedDictionary<string, List<string>>(record, StringComparer.Ordinal)));
    }

    /// <summary>
    /// What a portal was given by a release that kept no record. Where no role holds a permission that is younger than the first
    /// of those releases, the portal comes from it; every later one gave its new roles all.
    /// </summary>
    private static Dictionary<string, List<string>> BeforeTheRecord(List<StaffRole> roles, HashSet<string> known)
    {
        var isOfTheFirst = !known.Overlaps(Younger);
        return RoleBundle.Shipped.Where(bundle => roles.Exists(r => r.Name == bundle.Name)).ToDictionary(
            bundle => bundle.Name, bundle => bundle.Permissions.Except(YoungerThanTheRecord).Except(isOfTheFirst ? GainedBy(bundle) : []).ToList());
    }

    private static IEnumerable<string> GainedBy(RoleBundle bundle) =>
        bundle.Name == RoleBundle.Administrator.Name ? [Permissions.ManageApiKeys]
        : bundle.Name == RoleBundle.ComplianceOfficer.Name ? [Permissions.ImportSubscribers, Permissions.ApproveImports]
        : [];

    private static void Add(PortalDbContext db, RoleBundle bundle, DateTimeOffset now)
    {
        var role = new StaffRole { Id = Guid.CreateVersion7(now), Name = bundle.Name, NormalizedName = bundle.Name.ToUpperInvariant(), Purpose = bundle.Purpose };
        db.Roles.Add(role);
        foreach (var permission in bundle.Permissions)
            Give(db, role, permission);
    }

    private static void Extend(PortalDbContext db, StaffRole role, RoleBundle bundle, HashSet<string> held, IReadOnlyList<string> handedOut, DateTimeOffset now)
    {
        var given = new List<string>();
        var before = held.Order(StringComparer.Ordinal).ToList();
        foreach (var permission in bundle.Permissions.Except(handedOut).Except(held))
        {
            // Where the role was given the other half of a pair, separation of duties comes before the bundle.
            if (RoleBundle.ConflictsIn(new HashSet<string>(held) { permission }).Count > RoleBundle.ConflictsIn(held).Count)
                continue;
            Give(db, role, permission);
            held.Add(permission);
            given.Add(permission);
        }

        if (given.Count > 0)
            db.Audit(Release, now, new AuditFact("staff.roleExtended", "role", role.Id.ToString(),
                Before: new Dictionary<string, object?> { ["role"] = role.Name, ["permissions"] = before },
                After: new Dictionary<string, object?> { ["role"] = role.Name, ["permissions"] = held.Order(StringComparer.Ordinal), ["given"] = given }));
    }

    private static void Give(PortalDbContext db, StaffRole role, string permission) =>
        db.RoleClaims.Add(new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = StaffRole.PermissionClaim, ClaimValue = permission });

    private static void Remember(PortalDbContext db, PortalSetting? setting, string json)
    {
        if (setting is null)
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.HandedOutPermissions, Json = json });
        else
            setting.Json = json;
    }
}
