using System.Globalization;
using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Staff;
using CsvHelper;

namespace ConsentPortal.Application.Audit;

/// <param name="Filter">The filter in words, as it is printed.</param>
public sealed record AuditFileWish(AuditQuery Query, string Filter);

/// <summary>
/// The entries under a filter as a file, however many they are: read and written some at a time, so memory does not grow with them.
/// Whoever takes a file is in the trail before its first line is written.
/// </summary>
public sealed class ExportAuditEntries(PortalDatabase database, TimeProvider clock)
{
    private const int RowsAtOnce = 1_000;

    // Drawn inside the transaction that keeps the file's hash: longer files would make others wait.
    private const int RowsInPart = 2_000;

    private static readonly string[] Headers =
        ["Id", "Time (UTC)", "Who", "Kind of actor", "Actor", "Role", "Action", "Kind of object", "Object", "Person", "Reason", "Address", "Request", "Place in the tree"];

    private static readonly IReadOnlyList<ReportColumn> Columns =
        [new("Time (UTC)"), new("Who"), new("Action"), new("About"), new("Reason"), new("Place", ReportAlign.Right)];

    public async Task WriteCsvAsync(Actor actor, AuditFileWish wish, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportAudit);
        var query = await BeginAsync(actor, wish, "csv", cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        await foreach (var row in RowsAsync(query, cancellationToken))
        {
            foreach (var field in Fields(row))
                csv.WriteField(field);
            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    /// <summary>Each line is exactly the leaf that is hashed.</summary>
    public async Task WriteJsonLinesAsync(Actor actor, AuditFileWish wish, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportAudit);
        var query = await BeginAsync(actor, wish, "jsonl", cancellationToken);
        await using var db = database.Open();
        await foreach (var some in EntriesAsync(db, query, RowsAtOnce, cancellationToken))
        {
            foreach (var entry in some)
            {
                await to.WriteAsync(entry.Leaf, cancellationToken);
                await to.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
    }

    /// <summary>Parts of two thousand entries, each a whole document with its own code; one part says that nothing matches.</summary>
    public async IAsyncEnumerable<ReportFile> WritePdfAsync(Actor actor, AuditFileWish wish, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportAudit);
        var query = await BeginAsync(actor, wish, "pdf", cancellationToken);
        await using var db = database.Open();
        var part = 0;
        await foreach (var some in EntriesAsync(db, query, RowsInPart, cancellationToken))
            yield return await DrawAsync(actor, wish, ++part, await AuditEntries.RowsAsync(db, some, cancellationToken), cancellationToken);
        if (part == 0)
            yield return await DrawAsync(actor, wish, 1, [], cancellationToken);
    }

    private async Task<AuditQuery> BeginAsync(Actor actor, AuditFileWish wish, string format, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("audit.entriesExported", "audit", "trail", wish.Query.Subject, After: new Dictionary<string, object?>
                {
                    ["format"] = format, ["group"] = wish.Query.Group, ["action"] = wish.Query.Action, ["outcome"] = wish.Query.Outcome, ["actor"] = wish.Query.ActorId,
                    ["objectKind"] = wish.Query.ObjectKind, ["objectId"] = wish.Query.ObjectId, ["request"] = wish.Query.RequestId, ["hasWords"] = wish.Query.Words is not null, ["from"] = wish.Query.From, ["to"] = wish.Query.To,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        // What is written while the file is would make it never end.
        return wish.Query with { To = wish.Query.To is { } to && to < now ? to : now };
    }

    private async IAsyncEnumerable<AuditRow> RowsAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await foreach (var some in EntriesAsync(db, query, RowsAtOnce, cancellationToken))
        {
            foreach (var row in await AuditEntries.RowsAsync(db, some, cancellationToken))
                yield return row;
        }
    }

    private async IAsyncEnumerable<List<AuditEntry>> EntriesAsync(PortalDbContext db, AuditQuery query, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var places = database.Open();
        await foreach (var some in new AuditSearch(places, query).FindAsync(AuditPosition.Newest, atOnce, cancellationToken).Chunk(atOnce).WithCancellation(cancellationToken))
        {
            List<AuditEntry> matching = [.. (await AuditEntries.ReadAsync(db, some, cancellationToken)).Where(e => AuditWordSearch.Matches(e, query.Words))];
            if (matching.Count > 0)
                yield return matching;
        }
    }

    private Task<ReportFile> DrawAsync(Actor actor, AuditFileWish wish, int part, IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken)
    {
        const string kind = "audit-entries";
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var number = part.ToString(CultureInfo.InvariantCulture);
                var head = new ReportHead(
                    "Audit trail", $"Part {number}", await ReportTrail.OrganisationAsync(db, cancellationToken), actor.Name, now, wish.Filter, log, ReportTrail.CodeOf(kind, actor, now, log, [wish.Filter, number]),
                    Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                var table = new ReportBlock.Table(Columns, [.. rows.Select(Cells)], EmptyText: "No entry matches the filter.");
                return ReportTrail.Finish(db, actor, kind, new ReportDocument(head, [table]), wish.Query.Subject, new Dictionary<string, object?> { ["part"] = part, ["entries"] = rows.Count });
            },
            cancellationToken);
    }

    private static IReadOnlyList<string> Cells(AuditRow row) =>
    [
        Time(row.At), row.Role is null ? row.Who : $"{row.Who}, {row.Role}", row.Action, $"{row.ObjectKind} {row.ObjectId}", row.Reason ?? "", row.LeafIndex?.ToString("N0", CultureInfo.InvariantCulture) ?? "not sealed",
    ];

    private static string?[] Fields(AuditRow row) =>
    [
        row.Id.ToString(CultureInfo.InvariantCulture), Time(row.At), row.Who, row.ActorKind.ToString(), row.ActorId, row.Role, row.Action, row.ObjectKind, row.ObjectId, row.Subject?.ToString(), row.Reason,
        row.IpAddress, row.RequestId, row.LeafIndex?.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
