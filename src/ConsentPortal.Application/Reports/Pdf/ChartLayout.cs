using System.Globalization;
using QRCoder;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Upright bars with their values, and below them the same in words; the scale begins at zero.</summary>
internal sealed class ChartLayout(ReportBlock.Chart chart, TextShaper shaper) : BlockLayout
{
    private const float BarsHeight = 96;
    private const float WidestBar = 44;

    private readonly TextLines _words = TextLines.Of(shaper, ChartWords.Of(chart), Ink.Small, shaper.Sheet.Measure);
    private readonly bool _isEmpty = chart.Bars.All(b => b.Value == 0);
    private readonly long _most = Math.Max(1, chart.Bars.Select(b => b.Value).DefaultIfEmpty().Max());

    public override float SpaceBefore => 10;

    public override float Start => BarsAndLabels + _words.Height;

    // Of nothing the words say enough: a frame without bars looks like a fault.
    private float BarsAndLabels => _isEmpty ? Ink.Label.Leading + 2 : Ink.Label.Leading + 14 + BarsHeight + 18;

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        flow.Need(Start);
        var top = flow.Y;
        Draw(flow.Page, shaper, top);
        _words.Draw(flow.Page, shaper, Sheet.Left, top + BarsAndLabels);
        flow.Take(Start);
    }

    private void Draw(PageSketch page, TextShaper shaper, float top)
    {
        shaper.Draw(page, chart.Title, Ink.Label, Sheet.Left, top + 10);
        if (_isEmpty)
            return;
        var foot = top + Ink.Label.Leading + 14 + BarsHeight;
        // A bar is as wide as its name, but for names that would leave no room for the others.
        var widest = chart.Bars.Select(bar => bar.ShowsLabel ? shaper.Width(bar.Label, Ink.Small) + 8 : 0).DefaultIfEmpty().Max();
        var step = Math.Min(Math.Max(WidestBar, widest), shaper.Sheet.Measure / Math.Max(1, chart.Bars.Count));
        for (var i = 0; i < chart.Bars.Count; i++)
        {
            var bar = chart.Bars[i];
            var (left, height) = (Sheet.Left + i * step, BarsHeight * bar.Value / _most);
            if (bar.Value > 0)
                page.Fill(new SKRect(left + step * 0.14f, foot - Math.Max(0.8f, height), left + step * 0.86f, foot), Ink.Bar);
            var value = bar.Value.ToString("N0", CultureInfo.InvariantCulture);
            if (bar.Value > 0 && shaper.Width(value, Ink.Small) <= step)
                Centre(page, shaper, value, Ink.Small, left + step / 2, foot - height - 3);
            if (bar.ShowsLabel)
                Centre(page, shaper, bar.Label, Ink.Small, left + step / 2, foot + 11);
        }

        page.Rule(Sheet.Left, Sheet.Left + step * chart.Bars.Count, foot, Ink.Quiet);
    }

    private static void Centre(PageSketch page, TextShaper shaper, string text, TextStyle style, float x, float y) =>
        shaper.Draw(page, text, style, x - shaper.Width(text, style) / 2, y);
}

/// <summary>A QR code with its meaning in words at its side.</summary>
internal sealed class QrCodeLayout(ReportBlock.QrCode code, TextShaper shaper) : BlockLayout
{
    private const float Side = 92;
    private const float Gap = 16;

    private readonly TextLines _title = TextLines.Of(shaper, code.Title, Ink.Part, shaper.Sheet.Measure - Side - Gap);
    private readonly TextLines _text = TextLines.Of(shaper, code.Text, Ink.BodyQuiet, shaper.Sheet.Measure - Side - Gap, isOurs: true);

    public override float SpaceBefore => 12;

    public override float Start => Math.Max(Side, _title.Height + 4 + _text.Height);

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        flow.Need(Start);
        var top = flow.Y;
        flow.Page.Shape(canvas => DrawCode(canvas, code.Content, top));
        _title.Draw(flow.Page, shaper, Sheet.Left + Side + Gap, top);
        _text.Draw(flow.Page, shaper, Sheet.Left + Side + Gap, top + _title.Height + 4);
        flow.Take(Start);
    }

    private static void DrawCode(SKCanvas canvas, string content, float top)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        // Four modules of white belong to the code, and the paper is white already.
        const int Quiet = 4;
        var modules = data.ModuleMatrix.Count - 2 * Quiet;
        var size = Side / modules;
        using var builder = new SKPathBuilder();
        for (var y = 0; y < modules; y++)
            for (var x = 0; x < modules; x++)
                if (data.ModuleMatrix[y + Quiet][x + Quiet])
                    builder.AddRect(SKRect.Create(Sheet.Left + x * size, top + y * size, size, size));
        using var path = builder.Detach();
        using var paint = new SKPaint { Color = Ink.Text, IsAntialias = false };
        canvas.DrawPath(path, paint);
    }
}
