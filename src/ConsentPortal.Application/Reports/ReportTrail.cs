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

    public static async Task<string> OrganisationAsync(PortalDbContext db, CancellationToken cancellationToken) => await OfOrganisationAsync(db, "name", cancellationToken) ?? "ConsentPortal";

    /// <summary>The IANA zone by which the organisation's days begin; UTC where none is set.</summary>
    public static async Task<string> ZoneAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await OfOrganisationAsync(db, "zone", cancellationToken) is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? name : "UTC";

    /// <summary>ISO 3166; null where none is set.</summary>
    public static Task<string?> CountryAsync(PortalDbContext db, CancellationToken cancellationToken) => OfOrganisationAsync(db, "country", cancellationToken);

    /// <summary>The paper that somebody chose for the organisation, or that of its country.</summary>
    public static async Task<ReportPaper> PaperAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        ReportPapers.Read(await OfOrganisationAsync(db, ReportPapers.Setting, cancellationToken)) ?? ReportPapers.OfCountry(await CountryAsync(db, cancellationToken));

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
        // What a document was made under stands in its footer, as it does in the entry.
        report = report with { Head = report.Head with { Policies = report.Head.Policies ?? db.PolicyAt(report.Head.MadeAt)?.ToString(CultureInfo.InvariantCulture) } };
        var bytes = PdfWriter.Write(report);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Note(db, actor, kind, report.Head, sha256, bytes.Length, subject, about);
        return new ReportFile(bytes, $"{kind}-{report.Head.Code}.pdf", sha256, report.Head.Code!);
    }

    /// <summary>The entry of one file, under the code that is printed in it.</summary>
    public static void Note(PortalDbContext db, Actor actor, string kind, ReportHead head, string sha256, long bytes, SubscriberId? subject, Dictionary<string, object?> about) =>
        db.Audit(actor, head.MadeAt, new AuditFact(Made, "report", head.Code!, subject, After: new Dictionary<string, object?>(about)
        {
            ["kind"] = kind, ["sha256"] = sha256, ["bytes"] = bytes, ["logSize"] = head.Log?.Size, ["logRoot"] = head.Log?.Root,
        }));

    public static string CodeOf(string kind, Actor actor, DateTimeOffset now, LogState? log, params IEnumerable<string> facts) =>
        ReportCode.Of([kind, actor.Id, now.UtcTicks.ToString(CultureInfo.InvariantCulture), log?.Root ?? "", .. facts]);

    /// <returns>Null where nothing is recorded under the name.</returns>
    private static async Task<string?> OfOrganisationAsync(PortalDbContext db, string name, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.Organisation).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
            return null;
        using var organisation = JsonDocument.Parse(json);
        return organisation.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
    }
}
