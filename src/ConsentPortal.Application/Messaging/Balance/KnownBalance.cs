using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Balance;

/// <summary>The money at the provider, as it was last told.</summary>
/// <param name="Amount">In euro.</param>
/// <param name="RefillsItself">The provider draws money by itself when there is too little.</param>
/// <param name="At">When it said so (UTC).</param>
/// <param name="WarnBelow">Euro below which staff were to be told then.</param>
public sealed record KnownBalance(decimal Amount, bool RefillsItself, DateTimeOffset At, decimal WarnBelow)
{
    /// <summary>Whether somebody should see to it. An account that refills itself is left to do so until nothing is left.</summary>
    [JsonIgnore]
    public bool IsLow => RefillsItself ? Amount <= 0 : Amount < WarnBelow;

    /// <returns>Null where the provider has never told.</returns>
    internal static async Task<KnownBalance?> FindAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.ProviderBalance).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize<KnownBalance>(json);
    }

    internal async Task KeepAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(this);
        if (await db.PortalSettings.FindAsync([PortalSetting.ProviderBalance], cancellationToken) is { } known)
            known.Json = json;
        else
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.ProviderBalance, Json = json });
    }
}
