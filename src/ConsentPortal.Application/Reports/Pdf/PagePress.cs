using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Draws packed pages, with one font and one paint for all texts of a style.</summary>
internal sealed class PagePress : IDisposable
{
    private readonly IReadOnlyList<Action<SKCanvas>> _shapes;
    private readonly List<Pen> _pens;
    private readonly SKTextBlobBuilder _builder = new();
    private readonly SKPaint _fill = new() { IsAntialias = true };
    private ushort[] _glyphs = new ushort[256];
    private SKPoint[] _places = new SKPoint[256];

    /// <param name="typefaces">By face; they stay the caller's.</param>
    public PagePress(PageSketch sketch, IReadOnlyList<SKTypeface?> typefaces) =>
        (_shapes, _pens) = (sketch.Shapes, [.. sketch.Styles.Select(s => new Pen(s.Style, typefaces[(int)s.Face]!))]);

    public void Draw(SKCanvas canvas, ReadOnlySpan<byte> page)
    {
        while (!page.IsEmpty)
        {
            switch ((MarkKind)Read<byte>(ref page))
            {
                case MarkKind.Fill:
                    Fill(canvas, Read<FillMark>(ref page));
                    break;
                case MarkKind.Text:
                    Text(canvas, Read<TextMark>(ref page), ref page, isSpelled: false);
                    break;
                case MarkKind.Spelled:
                    Text(canvas, Read<TextMark>(ref page), ref page, isSpelled: true);
                    break;
                case MarkKind.Shape:
                    _shapes[Read<int>(ref page)](canvas);
                    break;
            }
        }
    }

    public void Dispose()
    {
        _pens.ForEach(pen => pen.Dispose());
        _builder.Dispose();
        _fill.Dispose();
    }

    private void Fill(SKCanvas canvas, FillMark mark)
    {
        _fill.Color = mark.Color;
        if (mark.Radius > 0)
            canvas.DrawRoundRect(mark.Place, mark.Radius, mark.Radius, _fill);
        else
            canvas.DrawRect(mark.Place, _fill);
    }

    private void Text(SKCanvas canvas, TextMark mark, ref ReadOnlySpan<byte> page, bool isSpelled)
    {
        if (mark.Glyphs > _glyphs.Length)
            (_glyphs, _places) = (new ushort[2 * mark.Glyphs], new SKPoint[2 * mark.Glyphs]);
        var (pen, at) = (_pens[mark.Style], 0);
        page[..(2 * mark.Glyphs)].CopyTo(MemoryMarshal.AsBytes(_glyphs.AsSpan()));
        page = page[(2 * mark.Glyphs)..];
        for (var i = 0; i < mark.Glyphs; i++)
        {
            at += Read<short>(ref page);
            _places[i] = new SKPoint(at * pen.Scale, 0);
        }

        if (isSpelled)
            Spell(mark, pen, ref page);
        else
            _builder.AddPositionedRun(_glyphs.AsSpan(0, mark.Glyphs), pen.Font, _places.AsSpan(0, mark.Glyphs));
        using var blob = _builder.Build();
        canvas.DrawText(blob, mark.X, mark.Y, pen.Paint);
    }

    /// <summary>Glyphs together with what they say, which the file then tells its readers.</summary>
    private void Spell(TextMark mark, Pen pen, ref ReadOnlySpan<byte> page)
    {
        for (var i = 0; i < mark.Glyphs; i++)
            _places[i].Y = -Read<short>(ref page) * pen.Scale;
        var clusters = page[..(sizeof(uint) * mark.Glyphs)];
        page = page[clusters.Length..];
        var length = Read<int>(ref page);
        var run = _builder.AllocatePositionedTextRun(pen.Font, mark.Glyphs, length);
        run.SetGlyphs(_glyphs.AsSpan(0, mark.Glyphs));
        run.SetPositions(_places.AsSpan(0, mark.Glyphs));
        clusters.CopyTo(MemoryMarshal.AsBytes(run.Clusters));
        run.SetText(page[..length]);
        page = page[length..];
    }

    private static T Read<T>(ref ReadOnlySpan<byte> page)
        where T : unmanaged
    {
        var value = MemoryMarshal.Read<T>(page);
        page = page[Unsafe.SizeOf<T>()..];
        return value;
    }

    private sealed class Pen(TextStyle style, SKTypeface typeface) : IDisposable
    {
        public float Scale { get; } = style.Size / ReportFonts.UnitsPerEm;

        public SKFont Font { get; } = new(typeface, style.Size) { Subpixel = true, Hinting = SKFontHinting.None };

        public SKPaint Paint { get; } = new() { Color = style.Color, IsAntialias = true };

        public void Dispose()
        {
            Font.Dispose();
            Paint.Dispose();
        }
    }
}
