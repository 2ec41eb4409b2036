using System.Globalization;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Pdf;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class PdfWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_report_is_the_same_bytes() => Assert.Equal(PdfWriter.Write(Long()), PdfWriter.Write(Long()));

    [Fact]
    public void It_says_that_it_is_an_archive_file_and_has_what_that_asks_for()
    {
        var pdf = System.Text.Encoding.Latin1.GetString(PdfWriter.Write(Report(new ReportBlock.Paragraph("For the archive."))));

        Assert.Contains("<pdfaid:part>2</pdfaid:part>", pdf, StringComparison.Ordinal);
        Assert.Contains("<pdfaid:conformance>B</pdfaid:conformance>", pdf, StringComparison.Ordinal);
        Assert.Contains("/GTS_PDFA1", pdf, StringComparison.Ordinal);
        Assert.Contains("/ID [", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_finds_words_that_a_ligature_would_hide()
    {
        var pdf = PdfWriter.Write(Report(new ReportBlock.Paragraph("The office files an affidavit: fluffy, Größe, Ελλάδα, Україна, Tiếng Việt.")));

        var text = TextOf(pdf);

        Assert.Contains("The office files an affidavit: fluffy, Größe, Ελλάδα, Україна, Tiếng Việt.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_that_no_font_has_is_written_as_its_code_point()
    {
        var pdf = PdfWriter.Write(Report(new ReportBlock.Quote("Sale 🎉 ᠠ 今")));

        Assert.Contains("Sale 🎉 [U+1820] 今", TextOf(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_table_repeats_its_head_on_every_page_and_numbers_the_pages()
    {
        using var pdf = PdfDocument.Open(PdfWriter.Write(Long()));

        Assert.True(pdf.NumberOfPages > 3);
        foreach (var page in pdf.GetPages())
        {
            var text = string.Join(' ', page.GetWords());
            Assert.Contains("Rule Reason", text, StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Page {page.Number} of {pdf.NumberOfPages}"), text, StringComparison.Ordinal);
            Assert.Contains("Audit log: 1,234 entries, root", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_that_waits_to_be_drawn_takes_less_than_twelve_kilobytes()
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        var flow = new PageFlow(new PageSketch(), Sheet.Of(ReportPaper.A4));
        BlockLayout.Of(Long().Blocks.OfType<ReportBlock.Table>().Single(), shaper).Place(flow, shaper);
        var pages = flow.End();

        Assert.True(pages.Count > 3);
        Assert.All(pages, page => Assert.InRange(page.Length, 1_000, 12_000));
    }

    [Fact]
    public void Every_row_of_a_long_table_is_there_once_and_whole()
    {
        using var pdf = PdfDocument.Open(PdfWriter.Write(Long()));
        var perPage = pdf.GetPages().Select(page => page.GetWords().Select(w => w.Text).Where(w => w.StartsWith("row-", StringComparison.Ordinal) || w.StartsWith("end-", StringComparison.Ordinal)).ToList()).ToList();

        Assert.Equal(Enumerable.Range(0, 180).SelectMany(i => new[] { $"end-{i}", $"row-{i}" }).Order(), perPage.SelectMany(w => w).Order());
        Assert.All(perPage, words => Assert.Equal(words.Count(w => w[0] == 'r'), words.Count(w => w[0] == 'e')));
    }

    [Fact]
    public void Totals_stand_with_the_last_row()
    {
        for (var rows = 40; rows < 60; rows++)
        {
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report(Table(rows))));
            var last = string.Join(' ', pdf.GetPage(pdf.NumberOfPages).GetWords());

            Assert.Contains("Total x", last, StringComparison.Ordinal);
            Assert.Contains($"row-{rows - 1}", last, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_last_row_of_a_table_never_stands_alone_on_a_page_with_its_totals()
    {
        for (var rows = 20; rows < 80; rows++)
        {
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report(Table(rows))));
            var last = pdf.GetPage(pdf.NumberOfPages).GetWords().Count(w => w.Text.StartsWith("row-", StringComparison.Ordinal));

            Assert.True(last >= 2, $"Of {rows} rows, {last} stands on the last page.");
        }
    }

    [Fact]
    public void A_short_table_stands_on_one_page_and_a_longer_one_begins_where_there_is_room()
    {
        var cuts = Enumerable.Range(20, 40).Select(lines => (Short: PagesOf(lines, 8), Longer: PagesOf(lines, 9))).ToList();

        Assert.All(cuts, cut => Assert.Equal(1, cut.Short));
        Assert.Contains(cuts, cut => cut.Longer == 2);

        static int PagesOf(int lines, int rows)
        {
            ReportBlock[] blocks = [.. Enumerable.Range(0, lines).Select(i => new ReportBlock.Paragraph($"Line {i}")), Table(rows)];
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report(blocks)));
            return pdf.GetPages().Count(p => p.GetWords().Any(w => w.Text.StartsWith("row-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_heading_never_ends_a_page()
    {
        for (var lines = 30; lines < 55; lines++)
        {
            ReportBlock[] blocks = [.. Enumerable.Range(0, lines).Select(i => new ReportBlock.Paragraph($"Line {i}")), new ReportBlock.Heading("Heading"), new ReportBlock.Heading("Part", 2), new ReportBlock.Table([new ReportColumn("Head")], [["cell-1"], ["cell-2"]])];
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report(blocks)));
            var page = pdf.GetPages().Select(p => string.Join(' ', p.GetWords())).Single(t => t.Contains("Heading", StringComparison.Ordinal));

            Assert.Contains("cell-1", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_heading_and_the_paragraph_under_it_never_end_a_page_before_their_table()
    {
        for (var lines = 18; lines < 55; lines++)
        {
            ReportBlock[] blocks = [.. Enumerable.Range(0, lines).Select(i => new ReportBlock.Paragraph($"Line {i}")), new ReportBlock.Heading("Heading"), new ReportBlock.Paragraph("What follows."), new ReportBlock.Table([new ReportColumn("Head")], [["cell-1"], ["cell-2"]])];
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report(blocks)));
            var page = pdf.GetPages().Select(p => string.Join(' ', p.GetWords())).Single(t => t.Contains("Heading", StringComparison.Ordinal));

            Assert.Contains("What follows.", page, StringComparison.Ordinal);
            Assert.Contains("cell-2", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_code_stands_with_what_says_what_it_is_for()
    {
        for (var lines = 15; lines < 32; lines++)
        {
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report([
                .. Enumerable.Range(0, lines).Select(i => new ReportBlock.Paragraph($"Line {i}")), new ReportBlock.Heading("Where this can be checked"), new ReportBlock.Facts([new("Entries", "5"), new("Root", "abc")]),
                new ReportBlock.Paragraph("The entry has no place in the signed log yet."), new ReportBlock.QrCode("X", "Verification code X", "Under this code"),
            ])));

            var last = string.Join(' ', pdf.GetPage(pdf.NumberOfPages).GetWords());
            Assert.Contains("Where this can be checked", last, StringComparison.Ordinal);
            Assert.Contains("Verification code X", last, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Five_key_figures_are_three_and_two()
    {
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(new ReportBlock.KeyFigures([.. Enumerable.Range(1, 5).Select(i => new KeyFigure($"figure-{i}", "12,345"))]))));
        var rows = pdf.GetPage(1).GetWords().Where(w => w.Text.StartsWith("figure-", StringComparison.Ordinal)).GroupBy(w => Math.Round(w.BoundingBox.Bottom)).OrderByDescending(row => row.Key);

        Assert.Equal([3, 2], rows.Select(row => row.Count()));
    }

    [Fact]
    public void A_fact_that_is_longer_than_a_page_goes_on_over_it_and_nothing_runs_into_the_foot()
    {
        var words = string.Join(' ', Enumerable.Range(0, 1_500).Select(i => $"word-{i}"));
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(new ReportBlock.Facts([new ReportFact("Short", "One line"), new ReportFact("Long", words), new ReportFact("Last", "The end")]))));

        Assert.True(pdf.NumberOfPages > 2);
        var read = pdf.GetPages().SelectMany(p => p.GetWords()).ToList();
        Assert.Equal(1_500, read.Count(w => w.Text.StartsWith("word-", StringComparison.Ordinal)));
        Assert.All(read.Where(w => w.Text.StartsWith("word-", StringComparison.Ordinal)), w => Assert.True(w.BoundingBox.Bottom > 78, $"{w.Text} stands at {w.BoundingBox}"));
        Assert.Contains("The end", string.Join(' ', pdf.GetPage(pdf.NumberOfPages).GetWords()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_of_an_organisation_and_a_long_title_do_not_run_into_each_other_at_the_head_of_a_page()
    {
        var report = Long();
        using var pdf = PdfDocument.Open(PdfWriter.Write(report with { Head = report.Head with { Organisation = string.Join(' ', Enumerable.Repeat("Organisation", 20)), Title = string.Join(' ', Enumerable.Repeat("Title", 40)) } }));
        var head = pdf.GetPage(2).GetWords().Where(w => w.BoundingBox.Bottom > 790).ToList();

        Assert.True(head.Where(w => w.Text.StartsWith("Organisation", StringComparison.Ordinal)).Max(w => w.BoundingBox.Right) < head.Where(w => w.Text.StartsWith("Title", StringComparison.Ordinal)).Min(w => w.BoundingBox.Left));
        Assert.All(head, w => Assert.InRange(w.BoundingBox.Right, 50, 595 - 50));
    }

    [Fact]
    public void Numbers_end_on_one_edge()
    {
        var table = new ReportBlock.Table([new ReportColumn("Rule"), new ReportColumn("Texts", ReportAlign.Right)], [["a", "7"], ["b", "1,234,567"]]);
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(table)));
        var words = pdf.GetPage(1).GetWords().ToList();

        Assert.Equal(Right("7"), Right("1,234,567"), 0.5);

        double Right(string text) => words.Single(w => w.Text == text).BoundingBox.Right;
    }

    [Fact]
    public void Nothing_leaves_the_page_however_long_a_word_is()
    {
        var hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 40));
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(
            new ReportBlock.Paragraph(hash), new ReportBlock.Facts([new ReportFact("Hash", hash, IsCode: true)]), new ReportBlock.Quote(hash),
            new ReportBlock.Table([new ReportColumn("A"), new ReportColumn("B")], [[hash, hash]]))));

        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), letter => Assert.InRange(letter.BoundingBox.Right, 50, 595 - 50));
    }

    [Fact]
    public async Task A_report_for_letter_paper_is_letter_on_every_page_and_nothing_leaves_it()
    {
        var report = Long();
        var letter = report with { Head = report.Head with { Paper = ReportPaper.Letter } };
        var pdf = PdfWriter.Write(letter);

        Assert.Equal(pdf, PdfWriter.Write(letter));
        Assert.NotEqual(pdf, PdfWriter.Write(report));
        if (await PdfTools.RunAsync("pdfinfo", pdf, "-f", "1", "-l", "99", "FILE") is { } info)
        {
            var sizes = info.Output.Split('\n').Where(l => l.StartsWith("Page", StringComparison.Ordinal) && l.Contains(" size:", StringComparison.Ordinal)).ToList();
            Assert.True(sizes.Count > 3);
            Assert.All(sizes, line => Assert.Contains("612 x 792 pts (letter)", line, StringComparison.Ordinal));
        }

        using var read = PdfDocument.Open(pdf);
        Assert.All(read.GetPages().SelectMany(p => p.Letters), l => Assert.True(l.BoundingBox.Right < 612 - 50 && l.BoundingBox.Bottom > 15, $"{l.Value} stands at {l.BoundingBox}"));
        Assert.Equal(180, read.GetPages().SelectMany(page => page.GetWords()).Count(w => w.Text.StartsWith("row-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_readers_find_it_sound_with_its_fonts_inside_and_its_language_named()
    {
        var pdf = PdfWriter.Write(Long());

        if (await PdfTools.RunAsync("qpdf", pdf, "--check", "FILE") is { } check)
            Assert.True(check.Exit == 0, check.Output);
        if (await PdfTools.RunAsync("pdffonts", pdf, "FILE") is { } fonts)
            Assert.All(fonts.Output.Split('\n').Skip(2).Where(l => l.Length > 0), line => Assert.Matches("yes yes yes", line));
        if (await PdfTools.RunAsync("pdfinfo", pdf, "FILE") is { } info)
        {
            Assert.Contains("Title:           Everything skipped", info.Output, StringComparison.Ordinal);
            Assert.Contains("A4", info.Output, StringComparison.Ordinal);
        }

        using var read = PdfDocument.Open(pdf);
        Assert.Equal("Aurora Outfitters", read.Information.Author);
        Assert.Contains("(en)", read.Structure.Catalog.CatalogDictionary.ToString(), StringComparison.Ordinal);
    }

    private static ReportDocument Report(params ReportBlock[] blocks) => new(
        new ReportHead("Everything skipped", "Autumn offers", "Aurora Outfitters", "Carla Mendes", Noon, "All countries", new LogState(1_234, "pXwT5mFf0bq8E1YyYc7C8cJkz0o4pJxw3m5x1kq9f3A="), "AB12-CD34-EF56-GH78"), blocks);

    private static ReportBlock.Table Table(int rows) =>
        new([new ReportColumn("Rule"), new ReportColumn("Texts", ReportAlign.Right)], [.. Enumerable.Range(0, rows).Select(i => new[] { $"row-{i}", "1" })], ["Total", "x"]);

    private static ReportDocument Long() => Report(
        new ReportBlock.KeyFigures([new KeyFigure("Texts", "12,345"), new KeyFigure("Delivered", "98.1 %", "of what was sent")]),
        new ReportBlock.Chart("Texts by hour", [.. Enumerable.Range(0, 24).Select(h => new ChartBar($"{h:00}", h * 7 % 31))]),
        new ReportBlock.Table(
            [new ReportColumn("Rule"), new ReportColumn("Reason"), new ReportColumn("Texts", ReportAlign.Right)],
            [.. Enumerable.Range(0, 180).Select(i => new[] { $"row-{i}", i % 7 == 0 ? $"A reason so long that it has to run over more than one line of the table, because a rule of some state wants it so and says it in many words end-{i}" : $"Short end-{i}", $"{i:N0}" })],
            ["Total", "", "16,110"]));

    private static string TextOf(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        return string.Join('\n', read.GetPages().Select((Page page) => string.Join(' ', page.GetWords().Select(w => w.Text))));
    }
}
