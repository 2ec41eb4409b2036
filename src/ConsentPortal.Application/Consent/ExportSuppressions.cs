using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>The do-not-text list as CSV: keyed hashes, reach, source and dates. No number and no reason stands in it.</summary>
public sealed class ExportSuppressions(PortalDatabase database, TimeProvider clock)
{
    private const int RowsAtOnce = 2000;

    private static readonly string[] Headers = ["Number hash (HMAC-SHA-256)", "Scope", "Purpose", "Sender", "Source", "Listed at (UTC)", "Lifted at (UTC)"];

    public async Task ExecuteAsync(Actor actor, SuppressionQuery query, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async db => db.Audit(actor, now, new AuditFact("suppression.exported", "suppression", "list", After: new Dictionary<string, object?>
            {
                ["entries"] = await SuppressionList.Matching(db, query).CountAsync(cancellationToken),
            })),
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        await WriteAsync(csv, query, cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync(CsvWriter csv, SuppressionQuery query, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var last = 0L;
        while (true)
        {
            var page = await SuppressionList.Matching(db, query).Where(s => s.Id > last).OrderBy(s => s.Id).Take(RowsAtOnce).ToListAsync(cancellationToken);
            foreach (var entry in page)
            {
                csv.WriteField(Convert.ToHexStringLower(entry.PhoneHash));
                csv.WriteField(entry.Scope.ToString());
                csv.WriteField(entry.PurposeId is { } purpose ? purposes.GetValueOrDefault(purpose) : null);
                csv.WriteField(entry.Sender);
                csv.WriteField(entry.Source.ToString());
                csv.WriteField(Time(entry.At));
                csv.WriteField(entry.LiftedAt is { } lifted ? Time(lifted) : null);
                await csv.EndRecordAsync(cancellationToken);
            }

            if (page.Count < RowsAtOnce)
                return;
            last = page[^1].Id;
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
