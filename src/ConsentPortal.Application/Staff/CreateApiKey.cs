using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Staff;

/// <param name="Name">The program that will hold the key.</param>
/// <param name="Scopes">Of <see cref="ApiKeyScopes"/>.</param>
/// <param name="ExpiresAt">UTC; null for a key that lasts until it is revoked.</param>
public sealed record ApiKeyDraft(string Name, IReadOnlyCollection<string> Scopes, DateTimeOffset? ExpiresAt);

/// <param name="Secret">The whole key, which nobody can read again.</param>
public sealed record NewApiKey(Guid Id, string Secret)
{
    public override string ToString() => $"API key {Id}";
}

/// <summary>Gives a program a key to the API.</summary>
public sealed class CreateApiKey(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<NewApiKey>> ExecuteAsync(Actor actor, ApiKeyDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageApiKeys);
        var now = clock.GetUtcNow();
        if (Refusal(draft, now) is { } refused)
            return refused;
        var secret = ApiKeySecret.New();
        var id = Guid.CreateVersion7(now);
        var scopes = draft.Scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        await database.WriteAsync(
            db =>
            {
                db.ApiKeys.Add(new ApiKey
                {
                    Id = id, Name = draft.Name.Trim(), Prefix = ApiKeySecret.PrefixOf(secret), SecretHash = ApiKeySecret.HashOf(secret)!, Scopes = string.Join(' ', scopes),
                    CreatedById = Guid.TryParse(actor.Id, out var creator) ? creator : Guid.Empty, CreatedAt = now, ExpiresAt = draft.ExpiresAt,
                });
                db.Audit(actor, now, new AuditFact("apiKey.created", "apiKey", id.ToString(), After: new Dictionary<string, object?>
                {
                    ["prefix"] = ApiKeySecret.PrefixOf(secret), ["scopes"] = scopes, ["expiresAt"] = draft.ExpiresAt,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return new NewApiKey(id, secret);
    }

    private static FieldRefused? Refusal(ApiKeyDraft draft, DateTimeOffset now)
    {
        if (draft.Name.Trim().Length is < 2 or > 100)
            return new FieldRefused(nameof(ApiKeyDraft.Name), "Name the program that will use the key, 2 to 100 characters. No key was made.");
        if (draft.Scopes.Count == 0)
            return new FieldRefused(nameof(ApiKeyDraft.Scopes), "Choose at least one thing that the key may do. No key was made.");
        if (draft.Scopes.Any(scope => ApiKeyScopes.All.All(known => known.Permission != scope)))
            return new FieldRefused(nameof(ApiKeyDraft.Scopes), "A key can't carry one of these permissions. No key was made; choose from the list.");
        return draft.ExpiresAt <= now ? new FieldRefused(nameof(ApiKeyDraft.ExpiresAt), "The key would have expired already. No key was made; choose a later day.") : null;
    }
}
