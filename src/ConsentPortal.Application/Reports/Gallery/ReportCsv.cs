using CsvHelper;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>A report as a spreadsheet: its rows, and beneath them, in lines that begin with #, their totals and what a PDF has in its foot.</summary>
internal sealed class ReportCsv(Stream to, IReadOnlyList<ReportField> fields) : IAsyncDisposable
{
    private readonly CsvWriter _csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var field in fields)
            _csv.WriteField(field.Name);
        await _csv.EndRecordAsync(cancellationToken);
    }

    public async Task AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        foreach (var value in row)
            _csv.WriteField(ReportCells.InSpreadsheet(value));
        await _csv.EndRecordAsync(cancellationToken);
    }

    /// <summary>In no row like the others, so that nobody who adds up a column counts everything twice.</summary>
    public async Task AddTotalsAsync(IReadOnlyList<object?> totals, CancellationToken cancellationToken)
    {
        _csv.WriteField($"# {ReportCells.InSpreadsheet(totals[0])}");
        foreach (var value in totals.Skip(1))
            _csv.WriteField(ReportCells.InSpreadsheet(value));
        await _csv.EndRecordAsync(cancellationToken);
    }

    public async Task EndAsync(ReportHead head, long rows, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in ReportFoot.Of(head, rows))
        {
            _csv.WriteField($"# {name}: {value}");
            // A file whose lines have as many fields each is read by every program.
            for (var i = 1; i < fields.Count; i++)
                _csv.WriteField("");
            await _csv.EndRecordAsync(cancellationToken);
        }

        await _csv.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}

/// <summary>What every file of a report says of its own making.</summary>
internal static class ReportFoot
{
    public static IReadOnlyList<(string Name, string Value)> Of(ReportHead head, long rows) =>
    [
        ("Report", $"{head.Title}, {head.Organisation}"), ("Filter", head.Scope ?? ""), ("Rows", ReportWords.Count(rows)), ("Made by", head.MadeBy), ("Made at", ReportCells.InSpreadsheet(head.MadeAt)!),
        ("Policy versions", head.Policies ?? ""), ("Audit log", head.Log is { } log ? $"{ReportWords.Count(log.Size)} entries, root {log.Root}" : "nothing was sealed yet"), ("Code", head.Code ?? ""),
    ];
}
