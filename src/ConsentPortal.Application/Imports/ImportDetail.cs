using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <param name="FirstRow">Only of duplicates: the row that was taken instead.</param>
public sealed record ImportIssueLine(int Row, string Class, string Reason, int? FirstRow);

/// <param name="Total">All issues of the class asked for, not only those of the page.</param>
public sealed record ImportIssuePage(IReadOnlyList<ImportIssueLine> Issues, int Total);

public sealed record ImportUnknown() : Failure("There is no such import.");

/// <summary>One import with the rows that were not simply taken.</summary>
public sealed class ImportDetail(PortalDatabase database)
{
    private const int MostOnPage = 200;
    private const int RowsAtOnce = 2000;

    public async Task<Result<ImportLine>> GetAsync(Actor actor, ImportBatchId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        await using var db = database.Open();
        var batch = await ImportList.Lines(db, db.ImportBatches.Where(b => b.Id == id)).SingleOrDefaultAsync(cancellationToken);
        return batch is null ? new ImportUnknown() : batch;
    }

    /// <param name="issueClass">Null for every class; else a name such as <c>invalid</c>.</param>
    public async Task<ImportIssuePage> IssuesAsync(Actor actor, ImportBatchId id, string? issueClass, int skip, int take, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        await using var db = database.Open();
        var issues = db.ImportIssues.AsNoTracking().Where(i => i.BatchId == id);
        if (issueClass is not null)
            issues = issues.Where(i => i.Class == issueClass);
        var total = await issues.CountAsync(cancellationToken);
        var page = await issues.OrderBy(i => i.Row).Skip(skip).Take(Math.Clamp(take, 1, MostOnPage))
            .Select(i => new ImportIssueLine(i.Row, i.Class, i.Reason, i.FirstRow)).ToListAsync(cancellationToken);
        return new ImportIssuePage(page, total);
    }

    /// <summary>Writes the issues as CSV for a spreadsheet: row numbers, classes and sentences, nothing of the people themselves.</summary>
    public async Task WriteIssuesAsync(Actor actor, ImportBatchId id, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        await using var db = database.Open();
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in (string[])["Row", "Class", "Reason", "First row"])
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        var (row, last) = (0, 0L);
        while (true)
        {
            var page = await db.ImportIssues.AsNoTracking()
                .Where(i => i.BatchId == id && (i.Row > row || (i.Row == row && i.Id > last)))
                .OrderBy(i => i.Row).ThenBy(i => i.Id).Take(RowsAtOnce).ToListAsync(cancellationToken);
            foreach (var issue in page)
            {
                csv.WriteField(issue.Row, default, CultureInfo.InvariantCulture);
                csv.WriteField(issue.Class);
                csv.WriteField(issue.Reason);
                csv.WriteField(issue.FirstRow?.ToString(CultureInfo.InvariantCulture));
                await csv.EndRecordAsync(cancellationToken);
            }

            if (page.Count < RowsAtOnce)
                break;
            (row, last) = (page[^1].Row, page[^1].Id);
        }

        await csv.FlushAsync(cancellationToken);
    }
}
