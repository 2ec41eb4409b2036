using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <summary>The texts in doubt as filtered, as CSV, newest first. Numbers are masked in it as they are on the page.</summary>
public sealed class ExportDoubts(PortalDatabase database, DoubtList list, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    private static readonly string[] Headers =
    [
        "Text", "Campaign", "Kind", "Purpose", "Person", "Number (masked)", "Handed over at (UTC)", "Why in doubt", "Look-ups", "Answered \"not there\"", "Last look-up at (UTC)", "Last look-up got no answer",
        "State by now", "Settled as", "Settled by", "Settled at (UTC)", "Reason",
    ];

    public async Task ExecuteAsync(Actor actor, DoubtQuery query, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async db => db.Audit(actor, now, new AuditFact("text.doubtsExported", "text", "list", After: new Dictionary<string, object?>
            {
                ["stage"] = query.Stage, ["campaign"] = query.CampaignId?.ToString(), ["rows"] = await DoubtList.Matching(db, query, now).CountAsync(cancellationToken),
            })),
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await WriteAsync(csv, Headers, cancellationToken);
        await using var db = database.Open();
        long? before = null;
        while (await list.RowsAsync(db, query, before, RowsAtOnce, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                await WriteAsync(csv, Fields(row), cancellationToken);
            before = rows[^1].Id;
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(DoubtRow row) =>
    [
        row.Id.ToString(CultureInfo.InvariantCulture), row.Campaign, row.Kind.ToString(), row.Purpose, row.SubscriberId.ToString(), row.MaskedPhone, Time(row.HandedOverAt), row.Cause?.ToString(),
        row.Looks.ToString(CultureInfo.InvariantCulture), row.NotThere.ToString(CultureInfo.InvariantCulture), Time(row.LookedAt), row.Unanswered, row.State.ToString(),
        row.Answer?.As.ToString(), row.Answer?.Who, Time(row.Answer?.At), row.Answer?.Grounds,
    ];

    private static async Task WriteAsync(CsvWriter csv, string?[] fields, CancellationToken cancellationToken)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.EndRecordAsync(cancellationToken);
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
