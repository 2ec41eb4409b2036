using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>How a piece of text looks. Sizes in points.</summary>
/// <param name="Leading">From baseline to baseline.</param>
internal sealed record TextStyle(FontWeight Weight, float Size, float Leading, SKColor Color);

/// <summary>A line of glyphs with their places, in units of the font.</summary>
internal sealed record ShapedText(ushort[] Glyphs, float[] Offsets, float Width);

/// <summary>
/// Turns text into glyphs, one per document. Ligatures stay off: a reader that searches for "office" must find it. What
/// the font can't show is written as its code point rather than left out, because exact words are the point of a report.
/// </summary>
internal sealed class TextShaper(Sheet sheet) : IDisposable
{
    // Words come again, whole lines hardly ever.
    private const int LongestKept = 24;

    private static readonly Feature[] Features = [Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("-dlig")];

    private readonly Dictionary<(string Text, FontWeight Weight), ShapedText> _words = [];
    private readonly Font[] _fonts = [NewFont(FontWeight.Regular), NewFont(FontWeight.Strong)];

    private readonly SKFont[] _outlines = [new SKFont(ReportFonts.Of(FontWeight.Regular).Typeface), new SKFont(ReportFonts.Of(FontWeight.Strong).Typeface)];

    private readonly HashSet<ushort>[] _drawn = [[], []];
    private SKTypeface[]? _subsets;

    /// <summary>What the text is laid out on.</summary>
    public Sheet Sheet => sheet;

    /// <summary>
    /// Cuts the fonts down to what was drawn so far. Called between a rehearsal, which is drawn on nothing, and the drawing.
    /// </summary>
    public void EndRehearsal() => _subsets =
        [.. Enum.GetValues<FontWeight>().Select(weight => FontSubset.Of(ReportFonts.Of(weight), _drawn[(int)weight]))];

    public float Width(string text, TextStyle style) => Shape(text, style.Weight).Width * style.Size / ReportFonts.Of(style.Weight).UnitsPerEm;

    /// <summary>Draws one line with its baseline at y.</summary>
    public void Draw(SKCanvas canvas, string text, TextStyle style, float x, float y)
    {
        var shaped = Shape(text, style.Weight);
        if (shaped.Glyphs.Length == 0)
            return;
        if (_subsets is null)
        {
            _drawn[(int)style.Weight].UnionWith(shaped.Glyphs);
            return;
        }

        var scale = style.Size / ReportFonts.Of(style.Weight).UnitsPerEm;
        using var skia = new SKFont(_subsets[(int)style.Weight], style.Size) { Subpixel = true, Hinting = SKFontHinting.None };
        using var builder = new SKTextBlobBuilder();
        builder.AddPositionedRun(shaped.Glyphs, skia, [.. shaped.Offsets.Select(x => new SKPoint(x * scale, 0))]);
        using var blob = builder.Build();
        using var paint = new SKPaint { Color = style.Color, IsAntialias = true };
        canvas.DrawText(blob, x, y, paint);
    }

    public void Dispose()
    {
        Array.ForEach(_fonts, font => font.Dispose());
        Array.ForEach(_outlines, font => font.Dispose());
        Array.ForEach(_subsets ?? [], typeface => typeface.Dispose());
    }

    private static Font NewFont(FontWeight weight)
    {
        var font = new Font(ReportFonts.Of(weight).Face);
        font.SetScale(ReportFonts.Of(weight).UnitsPerEm, ReportFonts.Of(weight).UnitsPerEm);
        return font;
    }

    private ShapedText Shape(string text, FontWeight weight)
    {
        if (_words.TryGetValue((text, weight), out var known))
            return known;
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(Showable(text, _outlines[(int)weight]));
        buffer.GuessSegmentProperties();
        _fonts[(int)weight].Shape(buffer, Features);
        var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var (glyphs, offsets, at) = (new ushort[infos.Length], new float[infos.Length], 0f);
        for (var i = 0; i < infos.Length; i++)
        {
            (glyphs[i], offsets[i]) = ((ushort)infos[i].Codepoint, at + positions[i].XOffset);
            at += positions[i].XAdvance;
        }

        var shaped = new ShapedText(glyphs, offsets, at);
        if (text.Length <= LongestKept)
            _words[(text, weight)] = shaped;
        return shaped;
    }

    private static string Showable(string text, SKFont font)
    {
        if (font.ContainsGlyphs(text))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (font.GetGlyph(rune.Value) != 0)
                shown.Append(rune.ToString());
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }

        return shown.ToString();
    }
}
