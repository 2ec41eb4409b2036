using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>What the last verification found, by whomever it was.</summary>
public sealed class AuditVerifications(PortalDatabase database)
{
    /// <returns>Null before the first one.</returns>
    public async Task<AuditVerification?> LatestAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var kept = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.AuditVerification).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return kept is null ? null : JsonSerializer.Deserialize<AuditVerification>(kept);
    }
}
