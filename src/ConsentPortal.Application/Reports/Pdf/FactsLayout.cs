namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Names at the left, values beside them on one edge.</summary>
internal sealed class FactsLayout : BlockLayout
{
    private const float Gap = 20;
    private const float LineGap = 3;
    private const float LongestWhole = 200;

    // The same in every list of a report, so that all values stand on one edge.
    private const float Names = 126;

    private readonly List<(TextLines Name, TextLines Value)> _lines = [];

    public FactsLayout(ReportBlock.Facts facts, TextShaper shaper)
    {
        foreach (var fact in facts.Lines)
        {
            var style = fact.IsCode ? Ink.Code with { Leading = Ink.Label.Leading } : Ink.Body;
            _lines.Add((TextLines.Of(shaper, fact.Label, Ink.Label, Names), TextLines.Of(shaper, fact.Value, style, shaper.Sheet.Measure - Names - Gap, fact.IsCode)));
        }
    }

    public override float SpaceBefore => 6;

    public override float Start => _lines.Take(2).Sum(Height);

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        foreach (var line in _lines)
        {
            // One that is short stays whole; a longer one goes on over the page.
            flow.Need(Math.Min(Height(line), LongestWhole));
            for (var from = 0; from == 0 || from < line.Value.Lines.Count;)
            {
                flow.Need(line.Value.Style.Leading);
                var (part, top) = (line.Value.Part(from, Math.Max(1, (int)(flow.Room / line.Value.Style.Leading))), flow.Y);
                if (from == 0)
                    line.Name.Draw(flow.Page, shaper, Sheet.Left, top);
                part.Draw(flow.Page, shaper, Sheet.Left + Names + Gap, top);
                from += Math.Max(1, part.Lines.Count);
                flow.Take(from < line.Value.Lines.Count ? part.Height : Math.Max(part.Height, from == part.Lines.Count ? line.Name.Height : 0) + LineGap);
            }
        }
    }

    private static float Height((TextLines Name, TextLines Value) line) => Math.Max(line.Name.Height, line.Value.Height) + LineGap;
}

/// <summary>A row of large numbers on one baseline.</summary>
internal sealed class KeyFiguresLayout(ReportBlock.KeyFigures figures, TextShaper shaper) : BlockLayout
{
    private const float Gap = 14;
    private const int MostPerRow = 4;

    private readonly int _columns = Columns(figures.Figures.Count);
    private readonly float _width = (shaper.Sheet.Measure - Gap * (Columns(figures.Figures.Count) - 1)) / Columns(figures.Figures.Count);

    private readonly List<(TextLines Label, string Value, TextLines Detail)> _figures =
    [
        .. figures.Figures.Select(f =>
        {
            var columns = Columns(figures.Figures.Count);
            var width = (shaper.Sheet.Measure - Gap * (columns - 1)) / columns - 2;
            return (TextLines.Of(shaper, f.Label, Ink.Label, width), f.Value, TextLines.Of(shaper, f.Detail ?? "", Ink.Small, width));
        }),
    ];

    public override float SpaceBefore => 10;

    public override float Start => RowHeight(_figures.Take(_columns));

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        foreach (var row in _figures.Chunk(_columns))
        {
            var height = RowHeight(row);
            flow.Need(height);
            var top = flow.Y;
            DrawRow(flow.Page, shaper, row, top);
            flow.Take(height + 6);
        }
    }

    // Five are three and two: none stands alone under a row of four.
    private static int Columns(int figures)
    {
        var rows = Math.Max(1, (figures + MostPerRow - 1) / MostPerRow);
        return Math.Max(1, (figures + rows - 1) / rows);
    }

    private void DrawRow(PageSketch page, TextShaper shaper, (TextLines Label, string Value, TextLines Detail)[] row, float top)
    {
        var labels = row.Max(f => f.Label.Height);
        for (var i = 0; i < row.Length; i++)
        {
            var x = Sheet.Left + i * (_width + Gap);
            page.Rule(x, x + _width, top, Ink.Line);
            row[i].Label.Draw(page, shaper, x, top + 5);
            shaper.Draw(page, row[i].Value, Ink.Figure, x, top + 5 + labels + 18);
            row[i].Detail.Draw(page, shaper, x, top + 5 + labels + Ink.Figure.Leading + 1);
        }
    }

    private static float RowHeight(IEnumerable<(TextLines Label, string Value, TextLines Detail)> row) =>
        row.Max(f => f.Label.Height) + Ink.Figure.Leading + row.Max(f => f.Detail.Lines is [{ Text.Length: 0 }] ? 0 : f.Detail.Height) + 8;
}
