using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Staff;

public sealed class ShippedRolesTests : IAsyncLifetime
{
    private static readonly string[] Gained = [Permissions.ImportSubscribers, Permissions.ApproveImports, Permissions.ManageApiKeys];

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_new_portal_gets_every_role_as_it_is_shipped_and_a_second_start_adds_nothing()
    {
        await StartAsync();
        await StartAsync();

        foreach (var bundle in RoleBundle.Shipped)
            Assert.Equal(bundle.Permissions.Order(StringComparer.Ordinal), await HeldAsync(bundle));
    }

    [Fact]
    public async Task The_roles_of_an_old_portal_get_what_their_bundles_have_gained_since_with_an_audit_entry()
    {
        await OldPortalAsync();

        await StartAsync();

        Assert.Contains(Permissions.ManageApiKeys, await HeldAsync(RoleBundle.Administrator));
        Assert.Equal(RoleBundle.ComplianceOfficer.Permissions.Order(StringComparer.Ordinal), await HeldAsync(RoleBundle.ComplianceOfficer));
        Assert.Equal(2, (await _portal.AuditAsync("staff.roleExtended")).Count);
    }

    [Fact]
    public async Task What_an_administrator_took_away_or_added_stays_so()
    {
        await OldPortalAsync();
        await TakeAwayAsync(RoleBundle.Administrator, Permissions.RunMaintenance);
        await GiveAsync(RoleBundle.Auditor, Permissions.RevealNumbers);
        await StartAsync();
        await TakeAwayAsync(RoleBundle.Administrator, Permissions.ManageApiKeys);

        await StartAsync();

        Assert.Equal(RoleBundle.Administrator.Permissions.Except([Permissions.RunMaintenance, Permissions.ManageApiKeys]).Order(StringComparer.Ordinal), await HeldAsync(RoleBundle.Administrator));
        Assert.Contains(Permissions.RevealNumbers, await HeldAsync(RoleBundle.Auditor));
    }

    [Fact]
    public async Task A_portal_without_the_record_that_knows_the_permissions_gets_nothing_back_that_was_taken_away()
    {
        await StartAsync();
        await _portal.Database.WriteAsync(db => db.PortalSettings.Where(s => s.Name == "handed-out-permissions").ExecuteDeleteAsync(), default);
        await TakeAwayAsync(RoleBundle.ComplianceOfficer, Permissions.ApproveImports);

        await StartAsync();

        Assert.DoesNotContain(Permissions.ApproveImports, await HeldAsync(RoleBundle.ComplianceOfficer));
    }

    [Fact]
    public async Task A_shipped_role_that_was_removed_does_not_come_back()
    {
        await StartAsync();
        await _portal.Database.WriteAsync(db => db.Roles.Where(r => r.Name == RoleBundle.SupportAgent.Name).ExecuteDeleteAsync(), default);

        await StartAsync();

        await using var db = _portal.Database.Open();
        Assert.False(await db.Roles.AnyAsync(r => r.Name == RoleBundle.SupportAgent.Name));
    }

    private Task StartAsync() => new ShippedRoles(_portal.Database, _portal.Clock).EnsureAsync(default);

    /// <summary>As the first release left it: its roles without what the bundles have gained, and no record.</summary>
    private async Task OldPortalAsync()
    {
        await StartAsync();
        foreach (var permission in Gained)
        {
            await TakeAwayAsync(RoleBundle.Administrator, permission);
            await TakeAwayAsync(RoleBundle.ComplianceOfficer, permission);
        }

        await _portal.Database.WriteAsync(db => db.PortalSettings.Where(s => s.Name == "handed-out-permissions").ExecuteDeleteAsync(), default);
    }

    private async Task TakeAwayAsync(RoleBundle bundle, string permission) => await _portal.Database.WriteAsync(
        db => db.RoleClaims.Where(c => c.ClaimValue == permission && db.Roles.Any(r => r.Id == c.RoleId && r.Name == bundle.Name)).ExecuteDeleteAsync(), default);

    private async Task GiveAsync(RoleBundle bundle, string permission) => await _portal.Database.WriteAsync(
        async db => db.RoleClaims.Add(new IdentityRoleClaim<Guid>
        {
            RoleId = await db.Roles.Where(r => r.Name == bundle.Name).Select(r => r.Id).SingleAsync(), ClaimType = StaffRole.PermissionClaim, ClaimValue = permission,
        }),
        default);

    private async Task<IReadOnlyList<string>> HeldAsync(RoleBundle bundle)
    {
        await using var db = _portal.Database.Open();
        var held = await db.RoleClaims.Where(c => db.Roles.Any(r => r.Id == c.RoleId && r.Name == bundle.Name)).Select(c => c.ClaimValue!).ToListAsync();
        return [.. held.Order(StringComparer.Ordinal)];
    }
}
