using System.Security.Cryptography;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>
/// Passes the rows of a report once and writes them wherever they are wanted. A spreadsheet or a program gets each of them
/// through a file on disk; of a table that is too long for paper only the beginning is remembered.
/// </summary>
internal sealed class ReportDrawing(string kind, Actor actor, ReportHead head, ReportContent content)
{
    /// <summary>Longer tables are only begun on paper.</summary>
    internal const int MostOnPaper = 1_000;

    internal const int BegunOnPaper = 50;

    private readonly List<IReadOnlyList<object?>> _first = [];
    private readonly List<Stream> _open = [];

    public async Task<DrawnReport> DrawAsync(ReportFormats formats, CancellationToken cancellationToken)
    {
        try
        {
            return await FilesAsync(formats, cancellationToken);
        }
        catch
        {
            foreach (var stream in _open)
                await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<DrawnReport> FilesAsync(ReportFormats formats, CancellationToken cancellationToken)
    {
        var (csvHead, jsonHead) = (HeadOf(ReportFormats.Csv), HeadOf(ReportFormats.Json));
        var (csvFile, jsonFile) = (formats.HasFlag(ReportFormats.Csv) ? Open() : null, formats.HasFlag(ReportFormats.Json) ? Open() : null);
        await using var csv = csvFile is null ? null : new ReportCsv(csvFile, content.Rows.Fields);
        await using var json = jsonFile is null ? null : new ReportJson(jsonFile, jsonHead, content.Rows);
        await (csv?.BeginAsync(cancellationToken) ?? Task.CompletedTask);
        json?.Begin();
        var rows = await PassAsync(csv, json, cancellationToken);
        var blocks = content.Blocks();
        if (csv is not null && content.Rows.Totals is { } totals)
            await csv.AddTotalsAsync(totals, cancellationToken);
        await (csv?.EndAsync(csvHead, rows, cancellationToken) ?? Task.CompletedTask);
        await (json?.EndAsync(blocks, rows, cancellationToken) ?? Task.CompletedTask);
        var files = new List<DrawnFile>();
        if (formats.HasFlag(ReportFormats.Pdf))
            files.Add(await FileAsync(ReportFormats.Pdf, HeadOf(ReportFormats.Pdf), Paper(blocks, rows), cancellationToken));
        if (csvFile is not null)
            files.Add(await FileAsync(ReportFormats.Csv, csvHead, csvFile, cancellationToken));
        if (jsonFile is not null)
            files.Add(await FileAsync(ReportFormats.Json, jsonHead, jsonFile, cancellationToken));
        return new DrawnReport(kind, head, files, rows, blocks, Table(_first.Take(BegunOnPaper), isWhole: rows <= BegunOnPaper));
    }

    private async Task<long> PassAsync(ReportCsv? csv, ReportJson? json, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var row in content.Rows.Rows.WithCancellation(cancellationToken))
        {
            rows++;
            if (rows <= MostOnPaper)
                _first.Add(row);
            await (csv?.AddAsync(row, cancellationToken) ?? Task.CompletedTask);
            await (json?.AddAsync(row, cancellationToken) ?? Task.CompletedTask);
        }

        return rows;
    }

    private MemoryStream Paper(IReadOnlyList<ReportBlock> blocks, long rows)
    {
        var isWhole = rows <= MostOnPaper;
        List<ReportBlock> all = [.. blocks, new ReportBlock.Heading(content.Rows.Title)];
        if (!isWhole)
        {
            all.Add(new ReportBlock.Paragraph(
                $"{ReportWords.Count(rows)} rows are too many for paper: here are the first {BegunOnPaper}. The CSV and JSON files of this report hold all of them; the figures above count every row."));
        }

        all.Add(Table(isWhole ? _first : _first.Take(BegunOnPaper), isWhole));
        var own = HeadOf(ReportFormats.Pdf);
        var paper = new MemoryStream(PdfWriter.Write(new ReportDocument(own, [.. all, .. ReportCheck.Blocks(own, "")])));
        _open.Add(paper);
        return paper;
    }

    /// <param name="isWhole">Totals under the beginning of a table would be read as the sum of what stands above them.</param>
    private ReportBlock.Table Table(IEnumerable<IReadOnlyList<object?>> rows, bool isWhole)
    {
        var shown = content.Rows.Fields.Select((field, i) => (Field: field, Index: i)).Where(f => f.Field.OnPaper).ToList();
        return new ReportBlock.Table(
            [.. shown.Select(f => new ReportColumn(Heading(f.Field, f.Index), f.Field.IsNumber ? ReportAlign.Right : ReportAlign.Left))],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. shown.Select(f => ReportCells.OnPaper(row[f.Index]))])],
            isWhole && content.Rows.Totals is { } totals ? [.. shown.Select(f => totals[f.Index] is { } total ? ReportCells.OnPaper(total) : "")] : null);
    }

    /// <summary>In files for programs each instant says that it is UTC; on paper the column does.</summary>
    private string Heading(ReportField field, int index) => _first.Any(row => row[index] is DateTimeOffset) ? $"{field.Name} (UTC)" : field.Name;

    /// <summary>Each file has a code of its own: it is asked for by its own hash.</summary>
    private ReportHead HeadOf(ReportFormats format) => head with { Code = ReportTrail.CodeOf(kind, actor, head.MadeAt, head.Log, [head.Scope ?? "", format.Extension(), head.Paper.Name()]) };

    private async Task<DrawnFile> FileAsync(ReportFormats format, ReportHead own, Stream stream, CancellationToken cancellationToken)
    {
        stream.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        stream.Position = 0;
        return new DrawnFile(format, own, $"{kind}-{own.Code}.{format.Extension()}", sha256, stream);
    }

    private FileStream Open()
    {
        var file = TemporaryFile.Open("report", head.MadeAt);
        _open.Add(file);
        return file;
    }
}
