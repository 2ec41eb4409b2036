using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>The differences as filtered, as CSV, newest first. Numbers are masked in it as they are on the page.</summary>
public sealed class ExportProviderDifferences(PortalDatabase database, ProviderDifferenceList list, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    private static readonly string[] Headers =
    [
        "Difference", "Person", "Number (masked)", "Others with the number", "Sender", "The provider says by", "Provider's code", "Said at (UTC)", "Purposes with consent here", "Agreed at (UTC)",
        "Stop here", "Stopped by", "Stopped at (UTC)", "Found at (UTC)", "Explanation", "Explained by", "Explained at (UTC)",
    ];

    public async Task ExecuteAsync(Actor actor, ProviderDifferenceQuery query, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        await database.WriteAsync(
            async db => db.Audit(actor, clock.GetUtcNow(), new AuditFact("provider.differencesExported", "providerDifference", "list", After: new Dictionary<string, object?>
            {
                ["difference"] = query.Difference, ["explained"] = query.IsExplained, ["rows"] = await ProviderDifferenceList.Matching(db, query).CountAsync(cancellationToken),
            })),
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await WriteAsync(csv, Headers, cancellationToken);
        await using var db = database.Open();
        var before = long.MaxValue;
        while (await ProviderDifferenceList.Matching(db, query).Where(v => v.Id < before).OrderByDescending(v => v.Id).Take(RowsAtOnce).ToListAsync(cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in await list.RowsAsync(db, page, cancellationToken))
                await WriteAsync(csv, Fields(row), cancellationToken);
            before = page[^1].Id;
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(ProviderDifferenceRow row) =>
    [
        row.Difference.ToString(), row.Person?.ToString(), row.Phone, row.Others.ToString(CultureInfo.InvariantCulture), row.Sender, row.Evidence.ToString(), row.Code, Time(row.SaidAt),
        string.Join("; ", row.Purposes), Time(row.AgreedAt), row.Stop?.Scope.ToString(), row.Stop?.Source.ToString(), Time(row.Stop?.At), Time(row.Since), row.Explained?.Words, row.Explained?.Who,
        Time(row.Explained?.At),
    ];

    private static async Task WriteAsync(CsvWriter csv, string?[] fields, CancellationToken cancellationToken)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.EndRecordAsync(cancellationToken);
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
