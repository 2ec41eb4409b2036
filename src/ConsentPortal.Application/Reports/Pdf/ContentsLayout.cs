using System.Globalization;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// The contents of a long report under its title. Its room is taken before the rest is placed, and its lines are drawn when the page of
/// each heading is known.
/// </summary>
internal sealed class ContentsLayout
{
    // Beyond that the parts of sections are left to the bookmarks.
    private const int MostLines = 30;
    private const float Indent = 14;

    private readonly List<(int Heading, int Page, float Top)> _lines = [];

    public void Reserve(IReadOnlyList<ReportBlock.Heading> headings, PageFlow flow, TextShaper shaper)
    {
        flow.Space(18);
        var title = TextLines.Of(shaper, "Contents", Ink.Section, shaper.Sheet.Measure);
        title.Draw(flow.Page, shaper, Sheet.Left, flow.Y);
        flow.Take(title.Height + 4);
        foreach (var (index, heading) in headings.Index())
        {
            if (heading.Level > 1 && headings.Count > MostLines)
                continue;
            flow.Need(Ink.Body.Leading);
            _lines.Add((index, flow.Number, flow.Y));
            flow.Take(Ink.Body.Leading);
        }

        flow.Space(8);
    }

    /// <summary>Draws the lines that stand on a page.</summary>
    public void Draw(PageSketch sketch, TextShaper shaper, int page, IReadOnlyList<PlacedHeading> headings)
    {
        foreach (var line in _lines.Where(l => l.Page == page))
            DrawLine(sketch, shaper, headings[line.Heading], line.Top);
    }

    private static void DrawLine(PageSketch sketch, TextShaper shaper, PlacedHeading heading, float top)
    {
        var (style, left, right) = (heading.Level == 1 ? Ink.Body : Ink.BodyQuiet, Sheet.Left + (heading.Level - 1) * Indent, shaper.Sheet.Right);
        var (number, baseline) = (heading.Page.ToString(CultureInfo.InvariantCulture), top + 10.4f);
        var numberLeft = right - shaper.Width(number, style);
        var text = shaper.Cut(heading.Text, style, numberLeft - left - 24);
        shaper.Draw(sketch, text, style, left, baseline);
        shaper.Draw(sketch, number, style, numberLeft, baseline);
        sketch.Rule(left + shaper.Width(text, style) + 6, numberLeft - 6, baseline - 0.5f, Ink.Line, 0.5f);
        sketch.Jump(new SKRect(left, top, right, top + Ink.Body.Leading), heading.Name);
    }
}
