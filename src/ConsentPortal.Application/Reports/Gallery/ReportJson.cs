using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>
/// A report for programs: who made it on what, its rows in the order of its fields, a line each, and then its figures as the PDF
/// has them.
/// </summary>
internal sealed class ReportJson(Stream to, ReportHead head, ReportRows rows) : IAsyncDisposable
{
    public const string Format = "consentportal/report/1";

    private const int FlushedAt = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] Line = "\n"u8.ToArray();

    private readonly Utf8JsonWriter _json = new(to, Options);

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteString("format", Format);
        _json.WriteStartObject("report");
        _json.WriteString("title", head.Title);
        _json.WriteString("organisation", head.Organisation);
        _json.WriteString("filter", head.Scope);
        _json.WriteString("madeBy", head.MadeBy);
        _json.WriteString("madeAt", ReportCells.InSpreadsheet(head.MadeAt));
        _json.WriteString("policyVersions", head.Policies);
        _json.WriteString("code", head.Code);
        Log();
        _json.WriteEndObject();
        _json.WriteString("table", rows.Title);
        _json.WriteStartArray("fields");
        foreach (var field in rows.Fields)
            _json.WriteStringValue(field.Name);
        _json.WriteEndArray();
        _json.WriteStartArray("rows");
    }

    public async Task AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        await LineAsync(cancellationToken);
        _json.WriteStartArray();
        foreach (var value in row)
            ReportCells.Write(_json, value);
        _json.WriteEndArray();
    }

    public async Task EndAsync(IReadOnlyList<ReportBlock> blocks, long count, CancellationToken cancellationToken)
    {
        _json.WriteEndArray();
        Totals(rows.Totals);
        _json.WriteNumber("rowCount", count);
        _json.WriteStartArray("figures");
        foreach (var block in blocks)
            ReportBlockJson.Write(_json, block);
        _json.WriteEndArray();
        _json.WriteEndObject();
        await _json.FlushAsync(cancellationToken);
        await to.WriteAsync(Line, cancellationToken);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private void Totals(IReadOnlyList<object?>? totals)
    {
        if (totals is null)
            return;
        _json.WriteStartArray("totals");
        foreach (var value in totals)
            ReportCells.Write(_json, value);
        _json.WriteEndArray();
    }

    private void Log()
    {
        if (head.Log is not { } log)
        {
            _json.WriteNull("log");
            return;
        }

        _json.WriteStartObject("log");
        _json.WriteNumber("size", log.Size);
        _json.WriteString("root", log.Root);
        _json.WriteEndObject();
    }

    // The end of a line is a place where a kept file may be cut without cutting a value.
    private async Task LineAsync(CancellationToken cancellationToken)
    {
        if (_json.BytesPending < FlushedAt)
            return;
        await _json.FlushAsync(cancellationToken);
        await to.WriteAsync(Line, cancellationToken);
    }
}

/// <summary>The blocks of a report, each an object of one name.</summary>
internal static class ReportBlockJson
{
    public static void Write(Utf8JsonWriter json, ReportBlock block)
    {
        json.WriteStartObject();
        switch (block)
        {
            case ReportBlock.Heading heading:
                json.WriteString("heading", heading.Text);
                break;
            case ReportBlock.Paragraph paragraph:
                json.WriteString("paragraph", paragraph.Text);
                break;
            case ReportBlock.Quote quote:
                json.WriteString("quote", quote.Text);
                json.WriteString("source", quote.Source);
                break;
            case ReportBlock.Verdict verdict:
                json.WriteString("verdict", verdict.Text);
                json.WriteString("tone", JsonNamingPolicy.CamelCase.ConvertName(verdict.Tone.ToString()));
                json.WriteString("detail", verdict.Detail);
                break;
            case ReportBlock.KeyFigures figures:
                Lines(json, "keyFigures", figures.Figures, figure => [("label", figure.Label), ("value", figure.Value), ("detail", figure.Detail)]);
                break;
            case ReportBlock.Facts facts:
                Lines(json, "facts", facts.Lines, fact => [("label", fact.Label), ("value", fact.Value)]);
                break;
            case ReportBlock.Table table:
                Table(json, table);
                break;
            case ReportBlock.Chart chart:
                json.WriteString("chart", chart.Title);
                json.WriteStartObject("bars");
                foreach (var bar in chart.Bars)
                    json.WriteNumber(bar.Label, bar.Value);
                json.WriteEndObject();
                break;
            case ReportBlock.LineChart chart:
                Lines(json, chart);
                break;
            case ReportBlock.QrCode code:
                json.WriteString("code", code.Content);
                break;
        }

        json.WriteEndObject();
    }

    private static void Lines<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Func<T, IEnumerable<(string Name, string? Value)>> of)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            foreach (var (label, value) in of(item))
                json.WriteString(label, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Lines(Utf8JsonWriter json, ReportBlock.LineChart chart)
    {
        json.WriteString("lineChart", chart.Title);
        json.WriteString("along", chart.Along);
        json.WriteString("measured", chart.Measured);
        json.WriteStartArray("points");
        foreach (var point in chart.Points)
            json.WriteStringValue(point);
        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in chart.Lines)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            json.WriteStartArray("values");
            foreach (var value in line.Values)
                ReportCells.Write(json, value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Table(Utf8JsonWriter json, ReportBlock.Table table)
    {
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
            json.WriteStringValue(column.Heading);
        json.WriteEndArray();
        json.WriteStartArray("table");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            Cells(row);
        }

        json.WriteEndArray();
        if (table.Totals is null)
            return;
        // Beside the rows and not among them, so that nobody who adds up a column counts everything twice.
        json.WriteStartArray("totals");
        Cells(table.Totals);

        void Cells(IReadOnlyList<string> cells)
        {
            foreach (var cell in cells)
                json.WriteStringValue(cell);
            json.WriteEndArray();
        }
    }
}
