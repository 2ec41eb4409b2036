using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Staff;

/// <param name="Token">Proves that the person got the invitation; part of its link, valid for a day.</param>
public sealed record Invitation(Guid StaffId, string Email, string Token);

/// <summary>
/// Adds a member of staff who has no password yet. Nobody registers by themselves: the invitation's link is the only way in.
/// </summary>
public sealed class InviteStaff(PortalDatabase database, IServiceScopeFactory scopes, StaffActors actors, TimeProvider clock)
{
    public async Task<Result<Invitation>> ExecuteAsync(Actor actor, string name, string email, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        if (Refusal(name, email, roles) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        var added = await database.WriteAsync<Result<Guid>>(db => AddAsync(db, actor, name.Trim(), email.Trim(), roles, now, cancellationToken), cancellationToken);
        return added.IsSuccess ? await TokenAsync(added.Value) : added.Failure;
    }

    /// <summary>A new link for somebody who is known already: the first one was lost, or the password was.</summary>
    public async Task<Result<Invitation>> RepeatAsync(Actor actor, Guid staffId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        var now = clock.GetUtcNow();
        var known = await database.WriteAsync(
            async db =>
            {
                var isKnown = await db.Users.AnyAsync(s => s.Id == staffId && s.SuspendedAt == null, cancellationToken);
                if (isKnown)
                    db.Audit(actor, now, new AuditFact("staff.invitedAgain", "staff", staffId.ToString()));
                return isKnown;
            },
            cancellationToken);
        return known ? await TokenAsync(staffId) : new StaffNotFound();
    }

    /// <summary>Whether one person may hold all of these roles: some duties must lie in different hands.</summary>
    internal static async Task<Failure?> ConflictAsync(PortalDbContext db, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var permissions = await (
            from role in db.Roles
            where roles.Contains(role.Name!)
            join claim in db.RoleClaims on role.Id equals claim.RoleId
            where claim.ClaimType == StaffRole.PermissionClaim
            select claim.ClaimValue!).ToListAsync(cancellationToken);
        return RoleBundle.ConflictsIn(permissions.ToHashSet()) is [var (first, second), ..] ? new DutiesMustBeSeparate(first, second) : null;
    }

    private static StaffDetailsRefused? Refusal(string name, string email, IReadOnlyList<string> roles)
    {
        if (name.Trim().Length is < 2 or > 120)
            return new StaffDetailsRefused("Enter the person's name, 2 to 120 characters.");
        if (!System.Net.Mail.MailAddress.TryCreate(email.Trim(), out var address) || address.Address != email.Trim() || email.Trim().Length > 200)
            return new StaffDetailsRefused("Enter a mail address such as name@company.example.");
        return roles.Count == 0 ? new StaffDetailsRefused("Choose at least one role: without one the person could open no page.") : null;
    }

    private async Task<Result<Guid>> AddAsync(
        PortalDbContext db, Actor actor, string name, string email, IReadOnlyList<string> roles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var normalized = email.ToUpperInvariant();
        if (await db.Users.AnyAsync(s => s.NormalizedEmail == normalized, cancellationToken))
            return new StaffDetailsRefused("Somebody with this mail address is already here. Nothing was added; send them a new link from the list instead.");
        if (await ConflictAsync(db, roles, cancellationToken) is { } conflict)
            return conflict;
        var chosen = await db.Roles.Where(r => roles.Contains(r.Name!)).ToListAsync(cancellationToken);
        var person = new StaffMember
        {
            Id = Guid.CreateVersion7(now), DisplayName = name, Email = email, NormalizedEmail = normalized, UserName = email, NormalizedUserName = normalized,
            EmailConfirmed = true, LockoutEnabled = true, InvitedAt = now, SecurityStamp = Guid.CreateVersion7(now).ToString("N"),
        };
        db.Users.Add(person);
        foreach (var role in chosen)
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
        db.Audit(actor, now, new AuditFact("staff.invited", "staff", person.Id.ToString(), After: new Dictionary<string, object?> { ["roles"] = chosen.Select(r => r.Name!).Order() }));
        actors.Forget(person.Id);
        return person.Id;
    }

    private async Task<Result<Invitation>> TokenAsync(Guid staffId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        return await people.FindByIdAsync(staffId.ToString()) is { } person
            ? new Invitation(person.Id, person.Email!, await people.GeneratePasswordResetTokenAsync(person))
            : new StaffNotFound();
    }
}

public sealed record StaffNotFound() : Failure("There is no such member of staff, or they are suspended. Nothing was changed; load the list again.");

public sealed record StaffDetailsRefused(string Message) : Failure(Message);

public sealed record DutiesMustBeSeparate(string First, string Second)
    : Failure($"One person may not hold both \"{First}\" and \"{Second}\": whoever does a thing must not also be the one who checks it. Nothing was changed; choose other roles.");
