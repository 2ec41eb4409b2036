using System.Collections.Concurrent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Who a member of staff is and what they may do, as the database says now: a circuit lives for hours, and a right that was
/// taken away must not live as long. Answers are kept for <see cref="Freshness"/>.
/// </summary>
public sealed class StaffActors(PortalDatabase database, TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, Actor? Actor)> _known = new();

    /// <returns>Null for somebody unknown or suspended.</returns>
    public async Task<Actor?> FindAsync(Guid staffId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(staffId, out var known) && now - known.At < Freshness)
            return known.Actor;
        var actor = await ReadAsync(staffId, cancellationToken);
        _known[staffId] = (now, actor);
        return actor;
    }

    /// <summary>Asks the database again at the next question: after a change of roles or a suspension.</summary>
    public void Forget(Guid staffId) => _known.TryRemove(staffId, out _);

    private async Task<Actor?> ReadAsync(Guid staffId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var person = await db.Users.AsNoTracking().Where(s => s.Id == staffId && s.SuspendedAt == null)
            .Select(s => new { s.Id, s.DisplayName }).FirstOrDefaultAsync(cancellationToken);
        if (person is null)
            return null;
        var roles = await (
            from membership in db.UserRoles.AsNoTracking()
            where membership.UserId == staffId
            join role in db.Roles on membership.RoleId equals role.Id
            orderby role.Name
            select new { role.Id, role.Name }).ToListAsync(cancellationToken);
        var roleIds = roles.Select(r => r.Id).ToList();
        var permissions = await db.RoleClaims.AsNoTracking()
            .Where(c => roleIds.Contains(c.RoleId) && c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue != null)
            .Select(c => c.ClaimValue!).Distinct().ToListAsync(cancellationToken);
        return new Actor(ActorKind.Staff, person.Id.ToString(), person.DisplayName, permissions.ToHashSet(), string.Join(", ", roles.Select(r => r.Name)));
    }
}
