using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Account;

/// <summary>A started portal whose staff come in as real ones do: invited, with a password that they chose behind the invitation's link.</summary>
public sealed class StaffedPortal : IAsyncLifetime
{
    public const string Password = "lantern over quiet water";

    private int _count;

    internal StartedPortal Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await StartedPortal.StartAsync("Development", null, "--SignIn:TriesPerAddress", "10000");

    public async Task DisposeAsync() => await Portal.DisposeAsync();

    /// <summary>Somebody new who has not followed the link yet.</summary>
    internal async Task<Invitation> InviteAsync(RoleBundle role)
    {
        var email = $"person{Interlocked.Increment(ref _count)}@staff.example";
        return (await Portal.Get<InviteStaff>().ExecuteAsync(Actor.CommandLine, "Noor Haddad", email, [role.Name], default)).Value;
    }

    /// <summary>Somebody new with <see cref="Password"/>.</summary>
    internal async Task<Invitation> EmployAsync(RoleBundle role)
    {
        var invitation = await InviteAsync(role);
        using var browser = Portal.OpenBrowser();
        await AcceptAsync(browser, invitation, Password);
        return invitation;
    }

    internal static Task<Answer> AcceptAsync(Browser browser, Invitation invitation, string password) => browser.SubmitAsync(
        $"{Paths.AcceptInvitation}?id={invitation.StaffId}&token={Uri.EscapeDataString(invitation.Token)}", "accept", ("Input.Password", password), ("Input.Again", password));

    internal static Task<Answer> SignInAsync(Browser browser, string email, string password = Password, string? returnUrl = null) => browser.SubmitAsync(
        returnUrl is null ? Paths.SignIn : $"{Paths.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", ("Input.Email", email), ("Input.Password", password));

    internal async Task<Browser> SignedInAsync(RoleBundle role)
    {
        var person = await EmployAsync(role);
        var browser = Portal.OpenBrowser();
        await SignInAsync(browser, person.Email);
        return browser;
    }

    /// <summary>A role that is none of the shipped ones.</summary>
    internal async Task<RoleBundle> AddRoleAsync(IEnumerable<string> permissions)
    {
        var role = new RoleBundle($"Role {Interlocked.Increment(ref _count)}", "For one test", [.. permissions.Except(PermissionCatalogue.ForbiddenPairs.Select(pair => pair.Second))]);
        await Portal.Get<PortalDatabase>().WriteAsync(
            db =>
            {
                var row = new StaffRole { Id = Guid.CreateVersion7(), Name = role.Name, NormalizedName = role.Name.ToUpperInvariant(), Purpose = role.Purpose };
                db.Roles.Add(row);
                db.RoleClaims.AddRange(role.Permissions.Select(permission => new IdentityRoleClaim<Guid> { RoleId = row.Id, ClaimType = StaffRole.PermissionClaim, ClaimValue = permission }));
                return Task.CompletedTask;
            },
            default);
        return role;
    }

    /// <summary>What the audit trail says that this person did, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> ActionsAsync(Invitation person)
    {
        await using var db = Portal.Open();
        var id = person.StaffId.ToString();
        return await db.AuditEntries.Where(entry => entry.ObjectId == id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
    }
}
