using ConsentPortal.Application.Staff;

namespace ConsentPortal.Web.Features.Settings;

/// <summary>Which programs hold a key, and the way to take one back.</summary>
public sealed partial class ApiKeysPage(ApiKeyList list, RevokeApiKey revoke, TimeProvider clock)
{
    private IReadOnlyList<ApiKeyRow>? _keys;

    /// <summary>The key whose revocation was asked for once and has to be said again: its program stops at that moment.</summary>
    private Guid? _asked;

    private DateTimeOffset Now => clock.GetUtcNow();

    protected override async Task OpenAsync() => _keys = await list.AllAsync(Actor, Closing);

    private Task RevokeAsync(ApiKeyRow key) => RunAsync(async () =>
    {
        _asked = null;
        Tell(await revoke.ExecuteAsync(Actor, key.Id, Closing), $"The key of {key.Name} is revoked. Its program's next request is refused.");
        _keys = await list.AllAsync(Actor, Closing);
    });
}
