using System.Globalization;

namespace ConsentPortal.Application.Reports.Pdf;

/// <param name="Name">Under which contents and bookmarks find it in the file.</param>
internal sealed record PlacedHeading(string Text, int Level, int Page, string Name);

/// <summary>A report of which everything has its place, and nothing is drawn yet.</summary>
internal sealed record PlacedReport(PageSketch Sketch, IReadOnlyList<byte[]> Pages, IReadOnlyList<PlacedHeading> Headings, ContentsLayout? Contents)
{
    // A shorter report is seen at a glance; one with fewer headings has nothing to look up.
    private const int LongFromPages = 3;
    private const int LongFromHeadings = 3;

    public static PlacedReport Of(ReportDocument report, TextShaper shaper)
    {
        var blocks = report.Blocks.Select(block => BlockLayout.Of(block, shaper)).ToList();
        if (report.Blocks.OfType<ReportBlock.Heading>().Skip(LongFromHeadings - 1).Any())
            // How long it gets is not known before. The trial ends where the third page begins, so that no long report is placed twice.
            return Place(report, blocks, shaper, contents: null, LongFromPages - 1) ?? Place(report, blocks, shaper, new ContentsLayout(), int.MaxValue)!;
        return Place(report, blocks, shaper, contents: null, int.MaxValue)!;
    }

    /// <summary>The head and foot of each page, now that it is known how many there are, and the lines of the contents.</summary>
    public IReadOnlyList<byte[]> Margins(ReportHead head, TextShaper shaper)
    {
        var margins = new List<byte[]>(Pages.Count);
        for (var page = 1; page <= Pages.Count; page++)
        {
            ReportHeadLayout.DrawMargins(Sketch, shaper, head, page, Pages.Count);
            Contents?.Draw(Sketch, shaper, page, Headings);
            margins.Add(Sketch.Tear());
        }

        return margins;
    }

    /// <returns>Null when the report takes more pages.</returns>
    private static PlacedReport? Place(ReportDocument report, List<BlockLayout> blocks, TextShaper shaper, ContentsLayout? contents, int mostPages)
    {
        var sketch = new PageSketch();
        var (flow, headings) = (new PageFlow(sketch, shaper.Sheet, mostPages), new List<PlacedHeading>());
        ReportHeadLayout.Place(report.Head, flow, shaper);
        contents?.Reserve([.. report.Blocks.OfType<ReportBlock.Heading>()], flow, shaper);
        for (var i = 0; i < blocks.Count && !flow.IsOver; i++)
        {
            flow.Space(blocks[i].SpaceBefore);
            flow.Need(StandsTogether(report, blocks, i, flow.Sheet));
            if (report.Blocks[i] is ReportBlock.Heading heading)
            {
                headings.Add(new PlacedHeading(heading.Text, heading.Level, flow.Number, string.Create(CultureInfo.InvariantCulture, $"heading-{headings.Count + 1}")));
                sketch.Target(flow.Y, headings[^1].Name);
            }

            blocks[i].Place(flow, shaper);
        }

        return flow.IsOver ? null : new PlacedReport(sketch, flow.End(), headings, contents);
    }

    /// <summary>Headings in a row, and the beginning of what they head; of a table or chart that a paragraph introduces, the beginning too; and a code with what is said before it.</summary>
    private static float StandsTogether(ReportDocument report, List<BlockLayout> blocks, int first, Sheet sheet)
    {
        var height = blocks[first].Start;
        for (var i = first; i + 1 < blocks.Count && (report.Blocks[i] is ReportBlock.Heading || IsIntroduction(report, blocks, first, i) || LeadsToCode(report, i)); i++)
            height += blocks[i + 1].SpaceBefore + blocks[i + 1].Start;
        return Math.Min(height, sheet.Bottom - Sheet.Top);
    }

    /// <summary>Where a report can be checked is a few lines and the code, which alone on a last page would say nothing.</summary>
    private static bool LeadsToCode(ReportDocument report, int index)
    {
        while (report.Blocks[index] is ReportBlock.Facts or ReportBlock.Paragraph && index + 1 < report.Blocks.Count)
        {
            if (report.Blocks[++index] is ReportBlock.QrCode)
                return true;
        }

        return false;
    }

    /// <summary>A paragraph under a heading that is placed as a whole and says what follows it.</summary>
    private static bool IsIntroduction(ReportDocument report, List<BlockLayout> blocks, int first, int index) =>
        index > first && report.Blocks[index] is ReportBlock.Paragraph && blocks[index] is TextLayout { IsWhole: true } && report.Blocks[index + 1] is ReportBlock.Table or ReportBlock.Chart or ReportBlock.LineChart;
}
