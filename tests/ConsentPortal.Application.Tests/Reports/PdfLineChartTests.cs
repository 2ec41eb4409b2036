using ConsentPortal.Application.Reports;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Line charts on paper: what is drawn, what is left open, and the same in words.</summary>
public sealed class PdfLineChartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_line_chart_says_in_words_what_its_lines_show_and_where_nothing_is_known()
    {
        var text = PdfText.Of(PdfWriter.Write(Report(
            new ReportBlock.LineChart("Texts by day", "Day (UTC)", "texts", ["1 Nov", "2 Nov", "3 Nov"], [new ChartLine("Sent", [1_234, null, 0]), new ChartLine("Failed", [0.5, 1, 2.25])]))));

        Assert.Contains("In words (texts): Sent: 1 Nov: 1,234; 2 Nov: no figure; 3 Nov: 0. Failed: 1 Nov: 0.5; 2 Nov: 1; 3 Nov: 2.25.", text, StringComparison.Ordinal);
        Assert.Contains("Day (UTC)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_value_several_times_in_a_row_is_said_once()
    {
        var chart = Chart(5, [0, 0, 0, 7, 7], [0, 0, 0, 0, 0], [null, null, 1, 2, null]);

        Assert.Equal("In words (texts): Line-0: d1 to d3: 0; d4 to d5: 7. Line-1: 0 throughout. Line-2: d1 to d2: no figure; d3: 1; d4: 2; d5: no figure.", ChartWords.Of(chart));
    }

    [Fact]
    public void A_long_line_is_told_by_its_ends_its_most_and_its_least()
    {
        var points = Enumerable.Range(1, 50).Select(i => $"p{i}").ToList();
        var text = PdfText.Of(PdfWriter.Write(Report(
            new ReportBlock.LineChart("Long", "Point", "texts", points, [new ChartLine("Sent", [.. points.Select((_, i) => i == 7 ? (double?)null : i == 20 ? 99 : 10 + i)]), new ChartLine("Flat", [.. points.Select(_ => (double?)3)])]),
            new ReportBlock.LineChart("None", "Point", "texts", points, [new ChartLine("Sent", new double?[50])]))));

        Assert.Contains("Sent: p1: 10 to p50: 59; the most at p21: 99; the least at p1: 10; no figure at 1 of 50 points. Flat: p1: 3 to p50: 3; 3 throughout.", text, StringComparison.Ordinal);
        Assert.Contains("In words: nothing was measured.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_axis_has_round_steps_and_its_legend_names_each_line()
    {
        var words = Words(PdfWriter.Write(Report(Chart(3, [4, 17, 9], [1, 2, 3], [0, 0, 1]))));

        Assert.All(["0", "5", "10", "15", "20"], step => Assert.Contains(step, words));
        Assert.All(["Line-0", "Line-1", "Line-2"], name => Assert.Contains(name, words));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6 }, 1, 6)]
    [InlineData(new[] { 1.0, 2, -1, 4, 5, 6 }, 2, 5)]
    [InlineData(new[] { 1.0, 2, -1, 4, -1, 6 }, 1, 4)]
    public void What_is_not_known_is_a_gap_and_a_value_alone_between_gaps_keeps_its_marker(double[] values, int pieces, int markers)
    {
        var drawn = Strokes(Chart(values.Length, [.. values.Select(value => value < 0 ? (double?)null : value)]));

        Assert.Equal((pieces, markers), (drawn.Lines, drawn.Circles));
    }

    [Fact]
    public void Lines_differ_by_stroke_and_marker_and_not_by_colour_alone()
    {
        double?[] flat = [1, 1, 1, 1, 1, 1, 1, 1];
        var drawn = Enumerable.Range(0, 4).Select(line => Strokes(Chart(8, [.. Enumerable.Repeat(new double?[8], line), flat]))).ToList();

        Assert.Equal((1, 8), (drawn[0].Lines, drawn[0].Circles));
        // A broken stroke is drawn dash by dash.
        Assert.All(drawn.Skip(1), line => Assert.True(line is { Lines: 0, Circles: 0 } && line.Filled > 2 * 8, $"{line}"));
        Assert.Equal(3, drawn.Skip(1).Select(line => line.Filled).Distinct().Count());
    }

    [Theory]
    [InlineData(ReportPaper.A4)]
    [InlineData(ReportPaper.Letter)]
    public async Task However_many_points_and_however_long_their_names_nothing_leaves_the_paper_or_runs_into_its_neighbour(ReportPaper paper)
    {
        foreach (var (count, name) in new[] { (1, "x"), (2, "24 Nov, 14:00"), (48, "24 Nov, 14:00"), (400, "A name that is rather long 2026") })
        {
            var points = Enumerable.Range(1, count).Select(i => $"{i} {name}").ToList();
            var report = Report(new ReportBlock.LineChart(
                "Texts", "Point (UTC)", "texts", points, [.. Enumerable.Range(1, 4).Select(n => new ChartLine($"A line whose name is rather long and says what it is, number {n}", [.. points.Select((_, i) => (double?)(i % 13 * n * 100_000))]))]));
            report = report with { Head = report.Head with { Paper = paper } };
            var pdf = PdfWriter.Write(report);

            Assert.Equal(pdf, PdfWriter.Write(report));
            if (await PdfTools.RunAsync("qpdf", pdf, "--check", "FILE") is { } check)
                Assert.True(check.Exit == 0, check.Output);
            using var read = PdfDocument.Open(pdf);
            var letters = read.GetPage(1).Letters.Where(l => l.Value.Trim().Length > 0).ToList();
            Assert.All(letters, l => Assert.InRange(l.BoundingBox.Right, 50, (paper == ReportPaper.A4 ? 595.3 : 612) - 50));
            // Two letters on one place would be two names of points over each other.
            Assert.All(letters.Zip(letters.Skip(1)), pair => Assert.False(pair.First.BoundingBox.Bottom == pair.Second.BoundingBox.Bottom && Math.Abs(pair.First.StartBaseLine.X - pair.Second.StartBaseLine.X) < 0.4, $"{pair.First} and {pair.Second}"));
        }
    }

    [Fact]
    public void A_chart_and_its_words_stand_on_one_page()
    {
        for (var lines = 20; lines < 45; lines++)
        {
            using var pdf = PdfDocument.Open(PdfWriter.Write(Report([.. Enumerable.Range(0, lines).Select(i => new ReportBlock.Paragraph($"Paragraph {i}")), new ReportBlock.Heading("Over time"), Chart(3, [1, 2, 3])])));
            var page = pdf.GetPages().Select(p => string.Join(' ', p.GetWords().Select(w => w.Text))).Single(p => p.Contains("Over time", StringComparison.Ordinal));

            Assert.Contains("In words (texts)", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_has_a_value_or_a_gap_for_each_point_and_a_chart_no_more_lines_than_can_be_told_apart()
    {
        Assert.Throws<ArgumentException>(() => Chart(3, [1, 2]));
        Assert.Throws<ArgumentException>(() => Chart(1, [1], [1], [1], [1], [1]));
    }

    private static ReportBlock.LineChart Chart(int points, params double?[][] lines) =>
        new("Texts by day", "Day (UTC)", "texts", [.. Enumerable.Range(1, points).Select(i => $"d{i}")], [.. lines.Select((values, i) => new ChartLine($"Line-{i}", values))]);

    private static HashSet<string> Words(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        return [.. read.GetPage(1).GetWords().Select(w => w.Text)];
    }

    /// <summary>How many pieces of whole lines are drawn, how many round markers, and how many filled shapes with them; less those of the legend and the page.</summary>
    private static (int Lines, int Circles, int Filled) Strokes(ReportBlock.LineChart chart)
    {
        var all = Count(chart);
        var none = Count(new ReportBlock.LineChart(chart.Title, chart.Along, chart.Measured, chart.Points, [.. chart.Lines.Select(l => l with { Values = new double?[chart.Points.Count] })]));
        return (all.Lines - none.Lines, all.Circles - none.Circles, all.Filled - none.Filled);
    }

    private static (int Lines, int Circles, int Filled) Count(ReportBlock.LineChart chart)
    {
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(chart)));
        var (stroked, filled) = (pdf.GetPage(1).Paths.Where(p => p.IsStroked).ToList(), pdf.GetPage(1).Paths.Where(p => p.IsFilled).ToList());
        return (stroked.Sum(p => p.Count(s => s.Commands.Any(c => c is PdfSubpath.Line))), filled.Sum(p => p.Count(s => s.Commands.Any(c => c is PdfSubpath.CubicBezierCurve))), filled.Sum(p => p.Count));
    }

    private static ReportDocument Report(params ReportBlock[] blocks) => new(new ReportHead("Opt-in sources", "Autumn", "Aurora Outfitters", "Carla Mendes", Noon), blocks);
}
