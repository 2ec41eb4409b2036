using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Breaches;

/// <summary>The notification to the authority as a letter, from what the register knows now; its hash stands in the audit trail.</summary>
public sealed class MakeBreachNotification(PortalDatabase database, TimeProvider clock)
{
    public const string Kind = "breach-notification";

    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewBreaches);
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                if (await db.Breaches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken) is not { } breach)
                    return new BreachNotFound();
                var notices = await db.BreachNotices.AsNoTracking().Where(n => n.BreachId == id).OrderBy(n => n.ToldAt).ThenBy(n => n.Id).ToListAsync(cancellationToken);
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var head = new ReportHead(
                    "Notification of a personal data breach", string.Create(CultureInfo.InvariantCulture, $"BR-{breach.Number}, to the supervisory authority"), await ReportTrail.OrganisationAsync(db, cancellationToken),
                    actor.Name, now, null, log, ReportTrail.CodeOf(Kind, actor, now, log, [id.ToString(), breach.Version.ToString()]), Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                return ReportTrail.Finish(db, actor, Kind, BreachNotificationDocument.Of(new BreachView(breach, notices), await FirstAwareAsync(db, id, cancellationToken), head), null, new Dictionary<string, object?> { ["breach"] = id.ToString() });
            },
            cancellationToken);
    }

    /// <summary>The register holds what is known now; what was entered first stands in the trail alone.</summary>
    private static async Task<DateTimeOffset?> FirstAwareAsync(PortalDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var name = id.ToString();
        var leaf = await db.AuditEntries.AsNoTracking().Where(e => e.ObjectKind == "breach" && e.ObjectId == name).OrderBy(e => e.Id).Select(e => e.Leaf).FirstOrDefaultAsync(cancellationToken);
        if (leaf is null)
            return null;
        using var entry = JsonDocument.Parse(leaf);
        return entry.RootElement.TryGetProperty("after", out var after) && after.ValueKind == JsonValueKind.Object && after.TryGetProperty("awareAt", out var aware) && aware.TryGetDateTimeOffset(out var at) ? at : null;
    }
}
