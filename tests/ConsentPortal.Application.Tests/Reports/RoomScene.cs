using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>What tests of evidence rooms begin with: people who hold a role, an open room, a question in it.</summary>
internal static class RoomScene
{
    public static Task<Actor> VisitorAsync(PeoplePortal portal, string name) => HolderAsync(portal, name, "Guest", Permissions.VisitEvidenceRooms);

    /// <summary>Somebody who holds permissions by a role that is in the database.</summary>
    public static async Task<Actor> HolderAsync(PeoplePortal portal, string name, string roleName, params string[] permissions)
    {
        var actor = await portal.AddStaffAsync(name, permissions);
        await portal.Database.WriteAsync(
            async db =>
            {
                var role = await db.Roles.FirstOrDefaultAsync(r => r.Name == roleName);
                if (role is null)
                {
                    role = new StaffRole { Id = Guid.CreateVersion7(portal.Now), Name = roleName, Purpose = "For this test" };
                    db.Roles.Add(role);
                    db.RoleClaims.AddRange(permissions.Select(p => new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = StaffRole.PermissionClaim, ClaimValue = p }));
                }

                db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = Guid.Parse(actor.Id), RoleId = role.Id });
            },
            default);
        return actor;
    }

    /// <param name="until">Null for two weeks.</param>
    public static async Task<Guid> OpenAsync(PeoplePortal portal, Actor auditor, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var day = DateOnly.FromDateTime(portal.Now.UtcDateTime);
        var opened = await portal.Get<EvidenceRooms>().OpenAsync(
            portal.Staff, new NewEvidenceRoom("Autumn audit", Guid.Parse(auditor.Id), from, until ?? portal.Now.AddDays(14), day.AddDays(-30), day, null), default);
        Assert.Null(opened.Failure);
        return opened.Value;
    }

    public static async Task<Guid> AskAsync(PeoplePortal portal, Actor auditor, Guid room, EvidenceKind kind, int size = 20) =>
        (await portal.Get<VisitEvidenceRoom>().AskAsync(auditor, room, new NewEvidenceQuestion("Q", kind, "seed 7", size), default)).Value;

    public static async Task<IReadOnlyList<SubscriberId>> PeopleAsync(PeoplePortal portal, int count, int from = 0)
    {
        var ids = new List<SubscriberId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await portal.AddPersonAsync($"+1212555{3000 + from + i}"));
            await portal.ConsentAsync(ids[^1]);
        }

        return ids;
    }
}
