using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <param name="CreatedBy">Null where the command line or a job made it.</param>
public sealed record ApiKeyRow(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public bool IsUsableAt(DateTimeOffset instant) => RevokedAt is null && !(ExpiresAt <= instant);
}

/// <summary>Which programs hold a key, usable ones first.</summary>
public sealed class ApiKeyList(PortalDatabase database, TimeProvider clock)
{
    public async Task<IReadOnlyList<ApiKeyRow>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageApiKeys);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var keys = await (
            from key in db.ApiKeys.AsNoTracking()
            join creator in db.Users on key.CreatedById equals creator.Id into creators
            from creator in creators.DefaultIfEmpty()
            orderby key.CreatedAt descending, key.Id
            select new { Key = key, Name = creator == null ? null : creator.DisplayName }).ToListAsync(cancellationToken);
        return
        [
            .. keys.Select(k => new ApiKeyRow(
                    k.Key.Id, k.Key.Name, k.Key.Prefix, ApiKeyScopes.In(k.Key.Scopes), k.Name, k.Key.CreatedAt, k.Key.LastUsedAt, k.Key.ExpiresAt, k.Key.RevokedAt))
                .OrderByDescending(k => k.IsUsableAt(now)),
        ];
    }
}
