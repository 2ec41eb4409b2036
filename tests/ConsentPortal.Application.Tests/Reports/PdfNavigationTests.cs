using System.Globalization;
using ConsentPortal.Application.Reports;
using UglyToad.PdfPig;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>How somebody finds the way in a report: contents, bookmarks, links, and charts for those who don't see them.</summary>
public sealed class PdfNavigationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_long_report_begins_with_its_contents_and_each_line_leads_to_its_heading()
    {
        var bytes = PdfWriter.Write(Long(rows: 90));

        Assert.Equal(bytes, PdfWriter.Write(Long(rows: 90)));
        using var pdf = PdfDocument.Open(bytes);
        var pages = pdf.GetPages().Select(page => string.Join(' ', page.GetWords().Select(w => w.Text))).ToList();
        Assert.Contains("Contents", pages[0], StringComparison.Ordinal);
        foreach (var heading in new[] { "Opt-ins", "By form", "Опт-аут", "同意" })
        {
            var page = pages.FindLastIndex(p => p.Contains($"{heading} begins", StringComparison.Ordinal)) + 1;
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{heading} {page}"), pages[0], StringComparison.Ordinal);
        }

        if (await PdfTools.RunAsync("qpdf", bytes, "--check", "FILE") is { } check)
            Assert.True(check.Exit == 0, check.Output);
        if (await PdfStructure.ReadAsync(bytes) is not { } structure)
            return;
        var targets = structure.Resolve(structure.Catalog.GetProperty("/Dests")).EnumerateObject().Select(d => d.Name).ToList();
        var jumps = structure.Dictionaries.Where(d => Is(d, "/Subtype", "/Link")).ToList();
        Assert.Equal(4, jumps.Count(j => j.TryGetProperty("/Dest", out var target) && targets.Contains(target.GetString()!)));
        // [ISO 19005-2, 6.3.2] What is to be seen is printed too.
        Assert.All(jumps, jump => Assert.Equal(4, jump.GetProperty("/F").GetInt32()));
    }

    [Fact]
    public async Task Its_bookmarks_are_its_headings_with_parts_below_their_sections()
    {
        if (await PdfStructure.ReadAsync(PdfWriter.Write(Long(rows: 90))) is not { } pdf)
            return;
        var outline = pdf.Resolve(pdf.Catalog.GetProperty("/Outlines"));
        var sections = Chain(outline).ToList();

        Assert.Equal(["Opt-ins", "Опт-аут", "同意"], sections.Select(Title));
        Assert.Equal(["By form"], Chain(sections[0]).Select(Title));
        Assert.Equal(4, outline.GetProperty("/Count").GetInt32());

        IEnumerable<System.Text.Json.JsonElement> Chain(System.Text.Json.JsonElement parent)
        {
            for (var item = Child(parent, "/First"); item is { } found; item = Child(found, "/Next"))
                yield return found;
        }

        System.Text.Json.JsonElement? Child(System.Text.Json.JsonElement from, string key) => from.TryGetProperty(key, out var reference) ? pdf.Resolve(reference) : null;
        string Title(System.Text.Json.JsonElement item) => PdfStructure.TextOf(item.GetProperty("/Title"));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(200, 2)]
    public void A_report_of_few_pages_or_few_headings_has_no_contents(int rows, int headings)
    {
        var report = Long(rows);
        var kept = headings == 4 ? report.Blocks : [.. report.Blocks.Where(b => b is not ReportBlock.Heading { Level: 2 } and not ReportBlock.Heading { Text: "同意" })];

        Assert.DoesNotContain("Contents", PdfText.Of(PdfWriter.Write(report with { Blocks = kept })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_our_own_words_is_a_link_on_each_of_its_lines_and_one_in_the_words_of_others_is_none()
    {
        const string Page = "https://consent.example/verify/AB12-CD34";
        var report = Long(0) with
        {
            Blocks =
            [
                new ReportBlock.Paragraph($"Check it at {Page}. {new string('x', 60)} https://consent.example/{new string('y', 120)}"), new ReportBlock.Quote("Win at https://evil.example/now"),
                new ReportBlock.QrCode(Page, "Verification code", $"Check it at {Page}."),
            ],
        };
        if (await PdfStructure.ReadAsync(PdfWriter.Write(report)) is not { } pdf)
            return;
        var addresses = pdf.Dictionaries.Where(d => Is(d, "/S", "/URI")).Select(d => PdfStructure.TextOf(d.GetProperty("/URI"))).ToList();

        Assert.Equal(2, addresses.Count(a => a == Page));
        // It takes three lines.
        Assert.Equal(3, addresses.Count(a => a == $"https://consent.example/{new string('y', 120)}"));
        Assert.DoesNotContain(addresses, a => a.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_says_in_words_what_its_bars_show()
    {
        var few = new ReportBlock.Chart("Texts", [new ChartBar("09", 1_234), new ChartBar("10", 0, ShowsLabel: false)]);
        var many = new ReportBlock.Chart("Texts", [.. Enumerable.Range(0, 60).Select(i => new ChartBar($"m{i}", i, i % 10 == 0))]);
        var none = new ReportBlock.Chart("Texts", [new ChartBar("09", 0)]);
        var text = PdfText.Of(PdfWriter.Write(Long(0) with { Blocks = [few, many, none] }));

        Assert.Contains("In words: 09: 1,234; 10: 0.", text, StringComparison.Ordinal);
        Assert.Contains("In words: 60 values, together 1,770; the most at m59: 59; the least at m0: 0.", text, StringComparison.Ordinal);
        Assert.Contains("In words: nothing was counted.", text, StringComparison.Ordinal);
    }

    private static bool Is(System.Text.Json.JsonElement dictionary, string key, string value) =>
        dictionary.TryGetProperty(key, out var found) && found.ValueKind == System.Text.Json.JsonValueKind.String && found.GetString() == value;

    private static ReportDocument Long(int rows)
    {
        var table = new ReportBlock.Table([new ReportColumn("Form"), new ReportColumn("People", ReportAlign.Right)], [.. Enumerable.Range(0, rows).Select(i => new[] { $"form-{i}", "1" })]);
        return new ReportDocument(
            new ReportHead("Opt-in sources", "Autumn", "Aurora Outfitters", "Carla Mendes", Noon),
            [
                new ReportBlock.Heading("Opt-ins"), new ReportBlock.Paragraph("Opt-ins begins here."), table, new ReportBlock.Heading("By form", 2), new ReportBlock.Paragraph("By form begins here."), table,
                new ReportBlock.Heading("Опт-аут"), new ReportBlock.Paragraph("Опт-аут begins here."), table, new ReportBlock.Heading("同意"), new ReportBlock.Paragraph("同意 begins here."),
            ]);
    }
}
