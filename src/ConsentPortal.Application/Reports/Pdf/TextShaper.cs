using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>How a piece of text looks. Sizes in points.</summary>
/// <param name="Leading">From baseline to baseline.</param>
internal sealed record TextStyle(FontWeight Weight, float Size, float Leading, SKColor Color);

/// <summary>A line of glyphs, each with the step from the one before it, in units of the font.</summary>
internal sealed record ShapedText(ushort[] Glyphs, short[] Steps, int Width);

/// <summary>
/// Turns text into glyphs, one per document. Ligatures stay off: a reader that searches for "office" must find it. What
/// the font can't show is written as its code point rather than left out, because exact words are the point of a report.
/// </summary>
internal sealed class TextShaper : IDisposable
{
    /// <summary>Words and short cells come again, whole lines hardly ever.</summary>
    public const int LongestKept = 24;

    // In a long table every number is a text of its own: more than this is forgotten at once.
    private const int MostKept = 8_192;

    private static readonly Feature[] Features = [Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("-dlig")];

    private readonly Dictionary<(string Text, FontWeight Weight), ShapedText> _words = [];
    private readonly Font[] _fonts = [NewFont(FontWeight.Regular), NewFont(FontWeight.Strong)];

    private readonly SKFont[] _outlines = [new SKFont(ReportFonts.Of(FontWeight.Regular).Typeface), new SKFont(ReportFonts.Of(FontWeight.Strong).Typeface)];

    private readonly HarfBuzzSharp.Buffer _buffer = new();
    private readonly bool[][] _isDrawn = [new bool[ushort.MaxValue + 1], new bool[ushort.MaxValue + 1]];
    private SKTypeface[] _subsets = [];

    /// <summary>The fonts, by weight, cut down to what was drawn so far.</summary>
    public IReadOnlyList<SKTypeface> CutFonts() =>
        _subsets = [.. Enum.GetValues<FontWeight>().Select(weight => FontSubset.Of(ReportFonts.Of(weight), [.. _isDrawn[(int)weight].Index().Where(g => g.Item).Select(g => (ushort)g.Index)]))];

    public float Width(string text, TextStyle style) => Shape(text, style.Weight).Width * style.Size / ReportFonts.Of(style.Weight).UnitsPerEm;

    /// <summary>Draws one line with its baseline at y.</summary>
    public void Draw(PageSketch page, string text, TextStyle style, float x, float y)
    {
        var shaped = Shape(text, style.Weight);
        if (shaped.Glyphs.Length == 0)
            return;
        foreach (var glyph in shaped.Glyphs)
            _isDrawn[(int)style.Weight][glyph] = true;
        page.Text(shaped, style, x, y);
    }

    public void Dispose()
    {
        Array.ForEach(_fonts, font => font.Dispose());
        Array.ForEach(_outlines, font => font.Dispose());
        Array.ForEach(_subsets, typeface => typeface.Dispose());
        _buffer.Dispose();
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
        _buffer.ClearContents();
        _buffer.AddUtf16(Showable(text, _outlines[(int)weight]));
        _buffer.GuessSegmentProperties();
        _fonts[(int)weight].Shape(_buffer, Features);
        var shaped = Taken(_buffer.GetGlyphInfoSpan(), _buffer.GetGlyphPositionSpan());
        if (text.Length <= LongestKept)
            Keep(text, weight, shaped);
        return shaped;
    }

    private void Keep(string text, FontWeight weight, ShapedText shaped)
    {
        if (_words.Count == MostKept)
            _words.Clear();
        _words[(text, weight)] = shaped;
    }

    private static ShapedText Taken(ReadOnlySpan<GlyphInfo> infos, ReadOnlySpan<GlyphPosition> positions)
    {
        var (glyphs, steps, at, before) = (new ushort[infos.Length], new short[infos.Length], 0, 0);
        for (var i = 0; i < infos.Length; i++)
        {
            var place = at + positions[i].XOffset;
            (glyphs[i], steps[i]) = ((ushort)infos[i].Codepoint, checked((short)(place - before)));
            (before, at) = (place, at + positions[i].XAdvance);
        }

        return new ShapedText(glyphs, steps, at);
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
