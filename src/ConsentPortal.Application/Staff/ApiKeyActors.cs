using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// The program behind a key, with the rights of this moment. Each request asks the database: a key that was revoked must
/// not live on in a cache.
/// </summary>
public sealed class ApiKeyActors(PortalDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Finds a key by its hash, so that the time it takes says nothing about how much of a guess was right.</summary>
    /// <returns>Null for a key that is unknown, revoked or expired.</returns>
    public async Task<Actor?> FindAsync(string secret, ActorOrigin origin, CancellationToken cancellationToken)
    {
        if (ApiKeySecret.HashOf(secret) is not { } hash)
            return null;
        await using var db = database.Open();
        var key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.SecretHash == hash, cancellationToken);
        var now = clock.GetUtcNow();
        if (key is null || key.RevokedAt is not null || key.ExpiresAt <= now)
            return null;
        await NoteUseAsync(key, now, cancellationToken);
        return new Actor(ActorKind.ApiKey, key.Id.ToString(), key.Name, ApiKeyScopes.In(key.Scopes).ToHashSet(), Role: null, origin);
    }

    // To the minute: a busy program would otherwise write with every question.
    private async Task NoteUseAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % Minute.Ticks), TimeSpan.Zero);
        if (key.LastUsedAt >= minute)
            return;
        await database.WriteAsync(
            db => db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, minute), cancellationToken), cancellationToken);
    }
}
