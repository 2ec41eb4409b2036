using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Staff;
using CsvHelper;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// The queue under its filters as CSV, all of it and in the order of the list. Numbers are masked as they are there, so a file is no look at anybody
/// (whoever is in it can be seen in the list); that it was taken, by whom and how many lines it has stands in the audit trail before the first line is written.
/// </summary>
public sealed class ExportRequests(PortalDatabase database, PrivacyRequestList list, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    private static readonly string[] Headers =
    [
        "Request", "Kind", "Person", "Country", "State", "Law", "Came by", "Received (UTC)", "Due on", "Paused", "Confirm receipt by", "Status", "Unverified", "Letter to send", "Asked twice", "Has a record",
        "Works on it", "Closed (UTC)",
    ];

    public async Task ExecuteAsync(Actor actor, PrivacyRequestQuery query, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        var wanted = await list.IdsAsync(actor, query, int.MaxValue, cancellationToken);
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("request.listExported", "request", "queue", After: Facts(query, wanted.Count)));
                return Task.CompletedTask;
            },
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await LineAsync(csv, Headers, cancellationToken);
        foreach (var some in wanted.Chunk(RowsAtOnce))
        {
            foreach (var row in await list.RowsAsync(actor, some, cancellationToken))
                await LineAsync(csv, Fields(row), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// The filters as they were set. What was searched for may be a number or a name, so only that something was; places and ways come from an address, which
    /// can hold any words, so only those are kept that some request has.
    /// </summary>
    private static Dictionary<string, object?> Facts(PrivacyRequestQuery query, int requests) => new()
    {
        ["requests"] = requests, ["open"] = query.IsOpen, ["kind"] = query.Kind, ["status"] = query.Status, ["law"] = query.Regime,
        ["country"] = requests > 0 ? query.Country : null, ["state"] = requests > 0 ? query.State : null, ["source"] = requests > 0 ? query.Source : null,
        ["assignee"] = query.AssigneeId?.ToString(), ["receivedFrom"] = query.ReceivedFrom, ["receivedTo"] = query.ReceivedTo, ["dueBy"] = query.DueBy, ["overdue"] = query.IsOverdue, ["unassigned"] = query.IsUnassigned,
        ["unverified"] = query.IsUnverified, ["twice"] = query.HasTwin, ["unconfirmed"] = query.IsUnconfirmed, ["letterToSend"] = query.HasLetterToSend, ["unrecorded"] = query.IsUnrecorded, ["searched"] = !string.IsNullOrWhiteSpace(query.Search),
    };

    private static string?[] Fields(PrivacyRequestRow row) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"DSR-{row.Number}"), ReportWords.Spaced(row.Kind.ToString()), row.Person, row.Region, row.State, row.Regime.ToString(), row.Source, Time(row.ReceivedAt), Day(row.DueOn),
        Flag(row.IsPaused), Day(row.ConfirmBy), ReportWords.Spaced(row.Status.ToString()), Flag(row.IsUnverified), Flag(row.HasLetterToSend), Flag(row.HasTwin), Flag(row.SubscriberId is not null), row.Assignee, Time(row.ClosedAt),
    ];

    private static async Task LineAsync(CsvWriter csv, IEnumerable<string?> fields, CancellationToken cancellationToken)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.EndRecordAsync(cancellationToken);
    }

    private static string Flag(bool isSo) => isSo ? "yes" : "no";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
