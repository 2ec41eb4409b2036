using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Lines on a scale that begins at zero, told apart by stroke and marker; below them the same in words. What is not known is a gap, and a
/// value alone between two gaps is its marker.
/// </summary>
internal sealed class LineChartLayout(ReportBlock.LineChart chart, TextShaper shaper) : BlockLayout
{
    private const float PlotHeight = 112;
    private const float PointsAndCaption = 27;
    private const float LineWidth = 1.3f;
    private const float MarkerSide = 4.6f;
    private const float KeyWidth = 26;
    private const float KeyGap = 18;

    // Denser markers run together.
    private const float MarkerRoom = 11;

    private static readonly float[]?[] Dashes = [null, [5, 2.6f], [1.3f, 2.2f], [7, 2, 1.3f, 2]];

    private readonly TextLines _title = TextLines.Of(shaper, chart.Title, Ink.Label, shaper.Sheet.Measure);
    private readonly TextLines _words = TextLines.Of(shaper, ChartWords.Of(chart), Ink.Small, shaper.Sheet.Measure);
    private readonly ChartAxis _axis = ChartAxis.For(chart);
    private readonly List<(int Line, float X, int Row)> _keys = Keys(chart, shaper);

    public override float SpaceBefore => 12;

    public override float Start => Above + PlotHeight + PointsAndCaption + _words.Height;

    // Title, legend, and what the values are.
    private float Above => _title.Height + (_keys.Count == 0 ? 0 : (_keys[^1].Row + 1) * Ink.Small.Leading + 3) + Ink.Small.Leading + 7;

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        flow.Need(Start);
        var top = flow.Y;
        _title.Draw(flow.Page, shaper, Sheet.Left, top);
        foreach (var key in _keys)
            DrawKey(flow.Page, shaper, key, top + _title.Height + 2 + key.Row * Ink.Small.Leading);
        shaper.Draw(flow.Page, chart.Measured, Ink.Small, Sheet.Left, top + Above - 10);
        DrawPlot(flow.Page, shaper, top + Above);
        _words.Draw(flow.Page, shaper, Sheet.Left, top + Above + PlotHeight + PointsAndCaption);
        flow.Take(Start);
    }

    /// <summary>Where each line's name stands; a single line is named by the title.</summary>
    private static List<(int Line, float X, int Row)> Keys(ReportBlock.LineChart chart, TextShaper shaper)
    {
        var (keys, x, row) = (new List<(int, float, int)>(), Sheet.Left, 0);
        for (var i = 0; chart.Lines.Count > 1 && i < chart.Lines.Count; i++)
        {
            var width = KeyWidth + 5 + shaper.Width(chart.Lines[i].Name, Ink.Small);
            if (x > Sheet.Left && x + width > shaper.Sheet.Right)
                (x, row) = (Sheet.Left, row + 1);
            keys.Add((i, x, row));
            x += width + KeyGap;
        }

        return keys;
    }

    private void DrawKey(PageSketch page, TextShaper shaper, (int Line, float X, int Row) key, float top)
    {
        var middle = top + Ink.Small.Leading / 2;
        page.Shape(canvas => DrawLine(canvas, key.Line, [new SKPoint(key.X, middle), new SKPoint(key.X + KeyWidth, middle)], [new SKPoint(key.X + KeyWidth / 2, middle)]));
        shaper.Draw(page, chart.Lines[key.Line].Name, Ink.Small, key.X + KeyWidth + 5, middle + 2.7f);
    }

    private void DrawPlot(PageSketch page, TextShaper shaper, float top)
    {
        var gutter = _axis.Steps.Max(step => shaper.Width(ChartWords.Of(step), Ink.Small)) + 6;
        var (left, right, foot) = (Sheet.Left + gutter, shaper.Sheet.Right, top + PlotHeight);
        foreach (var step in _axis.Steps)
        {
            var (y, text) = (foot - PlotHeight * (float)(step / _axis.Top), ChartWords.Of(step));
            page.Rule(left, right, y - 0.25f, step == 0 ? Ink.Quiet : Ink.Line, 0.5f);
            shaper.Draw(page, text, Ink.Small, left - 6 - shaper.Width(text, Ink.Small), y + 2.6f);
        }

        // Air at both ends, so that no marker stands on the edge.
        var (first, room) = (left + 8, right - left - 16);
        float X(int point) => first + (chart.Points.Count < 2 ? room / 2 : room * point / (chart.Points.Count - 1));
        float Y(double value) => foot - PlotHeight * (float)(value / _axis.Top);
        DrawPoints(page, shaper, X, room, foot);
        var captionWidth = shaper.Width(chart.Along, Ink.Small);
        shaper.Draw(page, chart.Along, Ink.Small, right - captionWidth, foot + 21);
        // The first line is drawn last: it is what the chart is about.
        for (var line = chart.Lines.Count - 1; line >= 0; line--)
        {
            SKPoint?[] places = [.. chart.Lines[line].Values.Select((value, point) => value is { } known ? new SKPoint(X(point), Y(known)) : (SKPoint?)null)];
            var (number, markers) = (line, Markers(places, Math.Max(1, (int)Math.Ceiling(MarkerRoom * (places.Length - 1) / room))));
            page.Shape(canvas => DrawLine(canvas, number, places, markers));
        }
    }

    private void DrawPoints(PageSketch page, TextShaper shaper, Func<int, float> x, float room, float foot)
    {
        var widest = chart.Points.Select(point => shaper.Width(point, Ink.Small)).DefaultIfEmpty().Max();
        foreach (var point in ChartAxis.Named(chart.Points.Count, Math.Max(2, (int)(room / (widest + 14)) + 1)))
        {
            var width = shaper.Width(chart.Points[point], Ink.Small);
            page.Fill(SKRect.Create(x(point) - 0.25f, foot, 0.5f, 2.5f), Ink.Quiet);
            shaper.Draw(page, chart.Points[point], Ink.Small, Math.Clamp(x(point) - width / 2, Sheet.Left, Math.Max(Sheet.Left, shaper.Sheet.Right - width)), foot + 11);
        }
    }

    /// <summary>Some of the points, and each that stands alone.</summary>
    private static SKPoint[] Markers(SKPoint?[] places, int step) =>
    [
        .. places.Index().Where(p => p.Item is not null && (p.Index % step == 0 || IsAlone(places, p.Index))).Select(p => p.Item!.Value),
    ];

    private static bool IsAlone(SKPoint?[] places, int point) => (point == 0 || places[point - 1] is null) && (point == places.Length - 1 || places[point + 1] is null);

    private static void DrawLine(SKCanvas canvas, int number, SKPoint?[] places, SKPoint[] markers)
    {
        using var builder = new SKPathBuilder();
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] is not { } place)
                continue;
            if (i > 0 && places[i - 1] is not null)
                builder.LineTo(place);
            else
                builder.MoveTo(place);
        }

        using var path = builder.Detach();
        using var dash = Dashes[number] is { } lengths ? SKPathEffect.CreateDash(lengths, 0) : null;
        using var pen = new SKPaint { Color = Ink.Lines[number], IsAntialias = true, IsStroke = true, StrokeWidth = LineWidth, StrokeJoin = SKStrokeJoin.Round, PathEffect = dash };
        canvas.DrawPath(path, pen);
        using var fill = new SKPaint { Color = Ink.Lines[number], IsAntialias = true };
        foreach (var marker in markers)
            DrawMarker(canvas, number, marker, fill);
    }

    private static void DrawMarker(SKCanvas canvas, int number, SKPoint at, SKPaint fill)
    {
        var half = MarkerSide / 2;
        if (number == 0)
        {
            canvas.DrawCircle(at, half, fill);
            return;
        }

        SKPoint[] corners = number switch
        {
            1 => [new(at.X - half, at.Y - half), new(at.X + half, at.Y - half), new(at.X + half, at.Y + half), new(at.X - half, at.Y + half)],
            2 => [new(at.X, at.Y - half * 1.25f), new(at.X + half * 1.2f, at.Y + half * 0.9f), new(at.X - half * 1.2f, at.Y + half * 0.9f)],
            _ => [new(at.X, at.Y - half * 1.35f), new(at.X + half * 1.35f, at.Y), new(at.X, at.Y + half * 1.35f), new(at.X - half * 1.35f, at.Y)],
        };
        using var builder = new SKPathBuilder();
        builder.AddPoly(corners, true);
        using var path = builder.Detach();
        canvas.DrawPath(path, fill);
    }
}
