using System.Text.Json;

namespace ConsentPortal.Web.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private const string Map = "phone=Mobile,country=Country,consent=Consent";

    private readonly VerbProcess _verb = new();

    [Fact]
    public async Task A_dry_run_without_a_database_counts_and_makes_none()
    {
        var file = Write("+12125552368,US,yes", "+1 212 555 2368,US,no", "12,US,yes");

        var run = await _verb.RunAsync("import", file, "--map", Map, "--dry-run", "--json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["total", "new", "update", "unchanged", "duplicate", "invalid", "refused", "needsDoubleOptIn", "withoutProof"],
            summary.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal([3, 1, 0, 0, 1, 1, 0, 0, 0], summary.RootElement.EnumerateObject().Select(p => p.Value.GetInt32()));
        Assert.False(Directory.Exists(_verb.DataFolder));
    }

    [Fact]
    public async Task Rows_come_before_the_summary_with_masked_numbers()
    {
        var lines = (await _verb.RunAsync("import", Write("+12125552368,US,yes", "12,US,"), "--map", Map, "--dry-run", "--json", "--rows")).Lines;

        Assert.Equal(3, lines.Count);
        Assert.Equal((2, "new", "+1 212 ••• 2368"), (lines[0].GetProperty("row").GetInt32(), lines[0].GetProperty("class").GetString(), lines[0].GetProperty("e164").GetString()));
        Assert.Equal(("invalid", "too short"), (lines[1].GetProperty("class").GetString(), lines[1].GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("e164").ValueKind);
    }

    [Fact]
    public async Task Full_numbers_come_only_when_asked_for()
    {
        var lines = (await _verb.RunAsync("import", Write("+12125552368,US,yes"), "--map", Map, "--dry-run", "--json", "--rows", "--reveal")).Lines;

        Assert.Equal("+12125552368", lines[0].GetProperty("e164").GetString());
    }

    [Theory]
    [InlineData("option --map", "Phone", "--map", "phone=Phone")]
    [InlineData("option --map", "colour", "--map", "phone=Mobile,colour=Country")]
    [InlineData("option --default-region", "Q1", "--map", Map, "--default-region", "Q1")]
    [InlineData("option --purpose", "purpose", "--map", Map, "--purpose", "Offers")]
    [InlineData("--map", "required")]
    [InlineData("--dryrun", "import", "--map", Map, "--dryrun")]
    public async Task Wrong_usage_ends_with_2_and_names_the_option(string named, string detail, params string[] arguments)
    {
        var run = await _verb.RunAsync(["import", Write("+12125552368,US,yes"), "--dry-run", .. arguments]);

        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.Contains(named, run.Error);
        Assert.Contains(detail, run.Error);
    }

    [Fact]
    public async Task A_broken_row_ends_with_2_and_its_number()
    {
        var run = await _verb.RunAsync("import", Write("+12125552368,US,yes", "+12125552369,\"US,yes"), "--map", Map, "--dry-run", "--json");

        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.StartsWith("argument FILE: Row 3:", run.Error);
    }

    [Fact]
    public async Task A_run_needs_a_database_and_then_changes_nothing_the_second_time()
    {
        var file = Write("+12125552368,US,yes", "+447400123457,GB,no");
        Assert.Equal(2, (await _verb.RunAsync("import", file, "--map", Map, "--json")).Exit);
        Assert.Equal(0, (await _verb.RunAsync("migrate")).Exit);

        var first = (await _verb.RunAsync("import", file, "--map", Map, "--json")).Lines.Single();
        var second = (await _verb.RunAsync("import", file, "--map", Map, "--json")).Lines.Single();

        Assert.Equal((2, 0), (first.GetProperty("new").GetInt32(), first.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 2), (second.GetProperty("new").GetInt32(), second.GetProperty("unchanged").GetInt32()));
    }

    public void Dispose() => _verb.Dispose();

    private string Write(params string[] rows)
    {
        var path = _verb.PathOf("people.csv");
        File.WriteAllLines(path, ["Mobile,Country,Consent", .. rows]);
        return path;
    }
}
