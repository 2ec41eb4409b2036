using System.Text.Json;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class MessyListTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private const string Columns =
        "phone=Mobile No.,country=Country,externalId=Customer ID,firstName=First name,language=Language,consent=SMS consent,consentAt=Consent given at,source=Source,attr:Tags=Tags";

    [Fact]
    public async Task Every_row_of_the_messy_list_is_classed_as_the_truth_says()
    {
        var (summary, rows) = await ProposeAsync("subscribers-messy.csv");

        Assert.Equal((500, 397, 0, 0, 53, 50, 0), (summary.Total, summary.New, summary.Update, summary.Unchanged, summary.Duplicate, summary.Invalid, summary.Refused));
        Assert.Equal(Truth().ToList(), rows);
    }

    [Fact]
    public async Task The_same_list_with_semicolons_is_read_alike()
    {
        var (summary, rows) = await ProposeAsync("subscribers-messy.semicolon.csv");

        Assert.Equal(summary.Total, rows.Count);
        Assert.Equal(Truth().Take(rows.Count), rows);
    }

    [Fact]
    public async Task Proof_and_double_opt_in_are_counted_among_those_who_would_be_stored()
    {
        var (summary, _) = await ProposeAsync("subscribers-messy.csv");

        Assert.InRange(summary.WithoutProof, 1, summary.New);
        Assert.InRange(summary.NeedsDoubleOptIn, 1, summary.New);
    }

    private static async Task<(ImportSummary Summary, IReadOnlyList<TruthRow> Rows)> ProposeAsync(string file)
    {
        var rows = new List<TruthRow>();
        var request = new ImportRequest(Path.Combine(AppContext.BaseDirectory, "Imports", "Data", file), file, ColumnMap.Parse(Columns).Value, "US");
        var summary = await ImportProposal.WithoutDatabaseAsync(
            Actor.CommandLine, request, 1 << 20, Now, new ImportWatch(o => rows.Add(new TruthRow(o.Row, o.Class, o.E164, o.Reason, o.FirstRow))), default);
        return (summary.Value, rows);
    }

    private static IEnumerable<TruthRow> Truth()
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imports", "Data", "subscribers-messy.truth.json")));
        foreach (var row in truth.RootElement.GetProperty("rows").EnumerateArray())
        {
            yield return new TruthRow(
                row.GetProperty("row").GetInt32(),
                row.GetProperty("class").GetString() switch
                {
                    "ok" => RowClass.New,
                    "duplicate" => RowClass.Duplicate,
                    "invalid" => RowClass.Invalid,
                    var other => throw new InvalidDataException($"The truth has a class {other}."),
                },
                row.GetProperty("e164").GetString(),
                row.GetProperty("why").GetString(),
                row.GetProperty("firstRow").ValueKind == JsonValueKind.Null ? null : row.GetProperty("firstRow").GetInt32());
        }
    }

    private sealed record TruthRow(int Row, RowClass Class, string? E164, string? Reason, int? FirstRow);
}
