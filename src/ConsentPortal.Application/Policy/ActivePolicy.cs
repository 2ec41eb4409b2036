using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>The sending policy that governs at an instant; the built-in one until somebody has activated another.</summary>
public sealed class ActivePolicy(PortalDatabase database)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public async Task<PolicyVersion> AtAsync(Actor actor, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        return await AtAsync(db, instant, cancellationToken);
    }

    internal static async Task<PolicyVersion> AtAsync(PortalDbContext db, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var row = await db.Policies.AsNoTracking()
            .Where(p => p.ActiveFrom != null && p.ActiveFrom <= instant)
            .OrderByDescending(p => p.ActiveFrom).ThenByDescending(p => p.Version)
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? PolicyVersion.Default : JsonSerializer.Deserialize<PolicyVersion>(row.Json, Json)! with { Number = row.Version };
    }
}
