using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Subscribers;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Makes reports of the gallery as staff would, and reads them.</summary>
internal sealed class ReportDesk(PeoplePortal portal)
{
    public async Task<byte[]> MakeAsync(string kind, ReportFilter filter, ReportFormats format)
    {
        var made = await portal.Get<MakeReport>().ExecuteAsync(portal.Staff, new ReportWish(kind, filter), format, default);
        Assert.Null(made.Failure);
        await using var file = made.Value;
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async Task<ReportPreview> PreviewAsync(string kind, ReportFilter filter) => (await portal.Get<MakeReport>().PreviewAsync(portal.Staff, new ReportWish(kind, filter), default)).Value;

    /// <summary>The rows of a spreadsheet.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(string kind, ReportFilter filter) => [.. (await LinesAsync(kind, filter)).Where(line => !line[0].StartsWith("# ", StringComparison.Ordinal))];

    /// <summary>What a spreadsheet has under a table: its totals.</summary>
    public async Task<IReadOnlyList<string>?> TotalsAsync(string kind, ReportFilter filter) => (await LinesAsync(kind, filter)).SingleOrDefault(line => line[0] == "# Total");

    public async Task<JsonElement> JsonAsync(string kind, ReportFilter filter)
    {
        using var json = JsonDocument.Parse(await MakeAsync(kind, filter, ReportFormats.Json));
        return json.RootElement.Clone();
    }

    private async Task<IEnumerable<IReadOnlyList<string>>> LinesAsync(string kind, ReportFilter filter)
    {
        var text = Encoding.UTF8.GetString(await MakeAsync(kind, filter, ReportFormats.Csv));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => Fields(line.TrimEnd('\r')));
    }

    /// <summary>The fields of a line, of which some stand in quotes and hold commas.</summary>
    private static List<string> Fields(string line)
    {
        var (fields, isQuoted) = (new List<StringBuilder> { new() }, false);
        foreach (var letter in line)
        {
            isQuoted ^= letter == '"';
            if (letter == ',' && !isQuoted)
                fields.Add(new StringBuilder());
            else if (letter != '"')
                fields[^1].Append(letter);
        }

        return fields.ConvertAll(field => field.ToString());
    }
}
