using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>What every report rests on and leaves behind: the organisation's name, the signed state of the log, its own entry in it.</summary>
internal static class ReportTrail
{
    public const string Made = "report.made";

    public static async Task<string> OrganisationAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.Organisation).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
            return "ConsentPortal";
        using var organisation = JsonDocument.Parse(json);
        return organisation.RootElement.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text ? text : "ConsentPortal";
    }

    /// <returns>Null while nothing is sealed.</returns>
    public static async Task<LogState?> LogAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var newest = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).Select(c => new { c.Size, c.Root }).FirstOrDefaultAsync(cancellationToken);
        return newest is null ? null : new LogState(newest.Size, Convert.ToBase64String(newest.Root));
    }

    /// <summary>Draws the report and notes in the audit trail that it was made, for whom and with which bytes.</summary>
    /// <param name="kind">What it is, in one word with hyphens: also the beginning of the file's name.</param>
    public static ReportFile Finish(PortalDbContext db, Actor actor, string kind, ReportDocument report, SubscriberId? subject, Dictionary<string, object?> about)
    {
        var bytes = PdfWriter.Write(report);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var code = report.Head.Code!;
        db.Audit(actor, report.Head.MadeAt, new AuditFact(Made, "report", code, subject, After: new Dictionary<string, object?>(about)
        {
            ["kind"] = kind, ["sha256"] = sha256, ["bytes"] = bytes.Length, ["logSize"] = report.Head.Log?.Size, ["logRoot"] = report.Head.Log?.Root,
        }));
        return new ReportFile(bytes, $"{kind}-{code}.pdf", sha256, code);
    }

    public static string CodeOf(string kind, Actor actor, DateTimeOffset now, LogState? log, params IEnumerable<string> facts) =>
        ReportCode.Of([kind, actor.Id, now.UtcTicks.ToString(CultureInfo.InvariantCulture), log?.Root ?? "", .. facts]);
}
