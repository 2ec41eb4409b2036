using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// What stands on one page, packed. Nothing is drawn before the whole report is placed, because each foot names the number of pages and a
/// font is cut down to the glyphs of all of them: until then a page waits as some ten kilobytes, and its rows and lines are forgotten.
/// </summary>
internal sealed class PageSketch
{
    /// <summary>The styles of the report in each font, by the number that stands for them in a packed page.</summary>
    private readonly Dictionary<(TextStyle Style, FontFace Face), int> _numbers = [];

    private readonly List<Action<SKCanvas>> _shapes = [];
    private readonly ArrayBufferWriter<byte> _packed = new(1 << 14);

    public IReadOnlyList<(TextStyle Style, FontFace Face)> Styles => [.. _numbers.OrderBy(n => n.Value).Select(n => n.Key)];

    public IReadOnlyList<Action<SKCanvas>> Shapes => _shapes;

    public void Fill(SKRect place, SKColor color, float radius = 0)
    {
        Write((byte)MarkKind.Fill);
        Write(new FillMark(place, radius, (uint)color));
    }

    public void Rule(float left, float right, float y, SKColor color, float thickness = 0.6f) =>
        Fill(new SKRect(left, y, right, y + thickness), color);

    /// <summary>Glyphs with the steps from one to the next, in units of the font.</summary>
    public void Text(ShapedText text, TextStyle style, FontFace face, float x, float y)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (style, face), out var isKnown);
        if (!isKnown)
            number = _numbers.Count - 1;
        Write((byte)(text.Spelling is null ? MarkKind.Text : MarkKind.Spelled));
        Write(new TextMark(number, text.Glyphs.Length, x, y));
        _packed.Write(MemoryMarshal.AsBytes(text.Glyphs.AsSpan()));
        _packed.Write(MemoryMarshal.AsBytes(text.Steps.AsSpan()));
        if (text.Spelling is { } spelling)
            Spell(spelling);
    }

    /// <summary>A place that leads to an address outside.</summary>
    public void Link(SKRect place, string address) => Shape(canvas => canvas.DrawUrlAnnotation(place, address)?.Dispose());

    /// <summary>A place that leads to a target in the same file.</summary>
    public void Jump(SKRect place, string target) => Shape(canvas => canvas.DrawLinkDestinationAnnotation(place, target)?.Dispose());

    /// <summary>Where those end up who come from the contents or a bookmark: a little above what begins there.</summary>
    public void Target(float top, string name) => Shape(canvas => canvas.DrawNamedDestinationAnnotation(new SKPoint(0, top - 8), name)?.Dispose());

    /// <summary>Something rare, drawn by its own code.</summary>
    public void Shape(Action<SKCanvas> draw)
    {
        Write((byte)MarkKind.Shape);
        Write(_shapes.Count);
        _shapes.Add(draw);
    }

    /// <summary>Ends a page; the next mark is the first one of another.</summary>
    public byte[] Tear()
    {
        var page = _packed.WrittenSpan.ToArray();
        _packed.ResetWrittenCount();
        return page;
    }

    private void Spell(Spelling spelling)
    {
        _packed.Write(MemoryMarshal.AsBytes(spelling.Rises.AsSpan()));
        _packed.Write(MemoryMarshal.AsBytes(spelling.Clusters.AsSpan()));
        Write(spelling.Text.Length);
        _packed.Write(spelling.Text);
    }

    private void Write<T>(T value)
        where T : unmanaged => _packed.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}

internal enum MarkKind : byte
{
    Fill = 0,
    Text = 1,
    Shape = 2,
    Spelled = 3,
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FillMark(SKRect Place, float Radius, uint Color);

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct TextMark(int Style, int Glyphs, float X, float Y);
