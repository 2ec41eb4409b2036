using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Staff;

/// <summary>Takes a key back: its program's next request is refused. The row stays, because entries of the audit trail name it.</summary>
public sealed class RevokeApiKey(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageApiKeys);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.ApiKeys.FindAsync([id], cancellationToken) is not { RevokedAt: null } key)
                    return new ApiKeyNotFound();
                key.RevokedAt = now;
                db.Audit(actor, now, new AuditFact("apiKey.revoked", "apiKey", id.ToString(),
                    Before: new Dictionary<string, object?> { ["prefix"] = key.Prefix, ["scopes"] = key.Scopes, ["revokedAt"] = null },
                    After: new Dictionary<string, object?> { ["prefix"] = key.Prefix, ["scopes"] = key.Scopes, ["revokedAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record ApiKeyNotFound() : Failure("There is no such key, or it is revoked already. Nothing was changed; load the list again.");
