using Bunit;
using ConsentPortal.Application.Reports;
using ConsentPortal.Web.Features.Reports;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Features.Reports;

public sealed class ReportLineChartTests : ComponentTest
{
    private static readonly ReportBlock.LineChart Chart = new(
        "Texts by day", "Day (UTC)", "texts", ["1 Nov", "2 Nov", "3 Nov", "4 Nov"], [new ChartLine("Sent", [10, 40, null, 20]), new ChartLine("Failed", [0, 1, 2, 3])]);

    [Fact]
    public void A_line_chart_is_drawn_with_gaps_and_says_in_words_what_it_shows()
    {
        var shown = Render<ReportBlocks>(p => p.Add(b => b.Blocks, [Chart]));

        var picture = shown.Find("svg[role=img]");
        Assert.Equal("In words (texts): Sent: 1 Nov: 10; 2 Nov: 40; 3 Nov: no figure; 4 Nov: 20. Failed: 1 Nov: 0; 2 Nov: 1; 3 Nov: 2; 4 Nov: 3.", picture.GetAttribute("aria-label"));
        var lines = shown.FindAll("svg[role=img] path.line").ToDictionary(l => l.ClassName!, l => l.GetAttribute("d")!);
        Assert.Equal((2, 1), (lines["line line-0"].Count(c => c == 'M'), lines["line line-1"].Count(c => c == 'M')));
        Assert.Equal(["0", "10", "20", "30", "40"], shown.FindAll("svg[role=img] text[x='56']").Select(t => t.TextContent));
    }

    [Fact]
    public void Its_lines_are_named_and_differ_by_stroke_and_marker()
    {
        var shown = Render<ReportBlocks>(p => p.Add(b => b.Blocks, [Chart]));

        Assert.Equal(["Sent", "Failed"], shown.FindAll(".keys li").Select(k => k.TextContent.Trim()));
        Assert.Equal(2, shown.FindAll(".keys path.line").Select(l => l.GetAttribute("stroke-dasharray") ?? "").Distinct().Count());
        Assert.Equal(2, shown.FindAll(".keys path.marker").Select(m => m.GetAttribute("d")).Distinct().Count());
    }

    [Fact]
    public void Bars_say_in_words_what_they_show()
    {
        var shown = Render<ReportBlocks>(p => p.Add(b => b.Blocks, [new ReportBlock.Chart("Texts", [new ChartBar("09", 1_234), new ChartBar("10", 0)])]));

        Assert.Equal("In words: 09: 1,234; 10: 0.", shown.Find(".bars[role=img]").GetAttribute("aria-label"));
    }
}
