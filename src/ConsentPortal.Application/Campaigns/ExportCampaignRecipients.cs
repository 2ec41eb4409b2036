using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Everybody of a campaign as CSV, with what came of their text and why. Numbers are masked.</summary>
public sealed class ExportCampaignRecipients(PortalDatabase database, CampaignRecipients recipients, TimeProvider clock)
{
    private const int RowsAtOnce = 1_000;

    private static readonly string[] Headers =
        ["Person", "Number", "Country", "Text", "State", "Reason", "Rule", "Provider's code", "Due at (UTC)", "Sent at (UTC)", "Ended at (UTC)", "Language", "Parts", "Price (EUR)", "Code means", "Settled by hand as", "Settled by", "Settled at (UTC)", "Refused fields"];

    /// <param name="query">Its page does not matter.</param>
    public async Task ExecuteAsync(Actor actor, RecipientQuery query, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async db =>
            {
                var campaign = await db.Campaigns.SingleAsync(c => c.Id == query.CampaignId, cancellationToken);
                db.AuditCampaign(actor, now, campaign, "campaign.recipientsExported", after: new Dictionary<string, object?>
                {
                    ["people"] = await CampaignRecipients.Matching(db, query with { After = null }).CountAsync(cancellationToken), ["state"] = query.IsUndelivered ? "FailedOrExpired" : query.State, ["reason"] = query.Reason, ["variant"] = query.Variant?.ToString(), ["language"] = query.Language,
                });
            },
            cancellationToken);
        await WriteAsync(query with { After = null }, to, cancellationToken);
    }

    private async Task WriteAsync(RecipientQuery query, Stream to, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        await using var db = database.Open();
        IReadOnlyList<RecipientRow> rows;
        do
        {
            rows = await recipients.RowsAsync(db, query, RowsAtOnce, cancellationToken);
            foreach (var row in rows)
            {
                foreach (var field in Fields(row))
                    csv.WriteField(field);
                await csv.EndRecordAsync(cancellationToken);
            }

            query = query with { After = rows.Count == 0 ? query.After : rows[^1].Id };
        }
        while (rows.Count == RowsAtOnce);
        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(RecipientRow row) =>
    [
        row.SubscriberId.ToString(), row.MaskedPhone, row.Region, row.Variant?.ToString(), row.State.ToString(), row.Reason, row.Rule, row.ErrorCode,
        Time(row.DueAt), Time(row.SentAt), Time(row.FinalAt), row.Language,
        row.Parts?.ToString(CultureInfo.InvariantCulture), row.Price?.ToString("0.######", CultureInfo.InvariantCulture), row.Error?.Meaning,
        row.Answer?.As.ToString(), row.Answer?.Who, Time(row.Answer?.At), row.RefusedFields,
    ];

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
