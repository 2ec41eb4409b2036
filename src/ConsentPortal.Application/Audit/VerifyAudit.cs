using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Audit;

/// <param name="Took">How long reading and hashing took.</param>
public sealed record AuditVerification(DateTimeOffset At, TimeSpan Took, string By, BundleVerification Found);

/// <summary>Verifies the log and keeps what came of it, so that everybody sees when it was last found whole.</summary>
public sealed class VerifyAudit(PortalDatabase database, AuditLog log, TimeProvider clock)
{
    private const int MostKept = 20;

    public async Task<AuditVerification> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var start = clock.GetTimestamp();
        var found = await log.VerifyAsync(actor, cancellationToken);
        var done = new AuditVerification(clock.GetUtcNow(), clock.GetElapsedTime(start), actor.Name, found);
        var kept = JsonSerializer.Serialize(done with { Found = found with { Problems = [.. found.Problems.Take(MostKept)] } });
        await database.WriteAsync(
            async db =>
            {
                if (await db.PortalSettings.FindAsync([PortalSetting.AuditVerification], cancellationToken) is { } setting)
                    setting.Json = kept;
                else
                    db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.AuditVerification, Json = kept });
                db.Audit(actor, done.At, new AuditFact("audit.verified", "audit", "trail", After: new Dictionary<string, object?>
                {
                    ["valid"] = found.Valid, ["size"] = found.Size, ["root"] = found.Root, ["problems"] = found.Problems.Count,
                }));
            },
            cancellationToken);
        return done;
    }
}
