using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>How a piece of text looks. Sizes in points.</summary>
/// <param name="Leading">From baseline to baseline.</param>
internal sealed record TextStyle(FontWeight Weight, float Size, float Leading, SKColor Color);

/// <summary>A run of glyphs, each with the step from the one before it, in units of the font.</summary>
/// <param name="Spelling">Of what the font's own table of characters can't tell a reader; null where it can.</param>
internal sealed record ShapedText(ushort[] Glyphs, short[] Steps, int Width, Spelling? Spelling = null);

/// <summary>What a run of glyphs says, for readers that search and copy, and how far each glyph stands above the line.</summary>
/// <param name="Text">UTF-8, in the order in which it is read.</param>
/// <param name="Clusters">For each glyph the place in the text of what it shows.</param>
internal sealed record Spelling(byte[] Text, uint[] Clusters, short[] Rises);

/// <summary>
/// Turns text into glyphs, one per document. Ligatures that writing can do without stay off: a reader that searches for "office" must find
/// it. What no font shows is written as its code point rather than left out, because exact words are the point of a report.
/// </summary>
internal sealed class TextShaper(Sheet sheet) : IDisposable
{
    /// <summary>Words and short cells come again, whole lines hardly ever.</summary>
    public const int LongestKept = 24;

    // In a long table every number is a text of its own: more than this is forgotten at once.
    private const int MostKept = 8_192;

    private static readonly Feature[] Features = [Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("-dlig")];
    private static readonly int Faces = Enum.GetValues<FontFace>().Length;

    private readonly Dictionary<(string Text, FontFace Face, bool IsRightToLeft), ShapedText> _words = [];
    private readonly Font?[] _fonts = new Font?[Faces];
    private readonly HarfBuzzSharp.Buffer _buffer = new();
    private readonly bool[]?[] _isDrawn = new bool[]?[Faces];
    private SKTypeface?[] _subsets = [];

    /// <summary>What the text is laid out on.</summary>
    public Sheet Sheet => sheet;

    /// <summary>Makes a text without line ends ready: what no font shows is spelled out, and its directions are found.</summary>
    public static TextLine Line(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || ReportFonts.Of(FontFace.Regular).Shows(text))
            return new TextLine(text);
        text = Showable(text);
        return new TextLine(text, ReportFonts.Of(FontFace.Regular).Shows(text) ? null : TextOrder.Of(text));
    }

    /// <summary>The fonts, by face, cut down to what was drawn so far; null for those of which nothing was.</summary>
    public IReadOnlyList<SKTypeface?> CutFonts() =>
        _subsets = [.. _isDrawn.Select((drawn, face) => drawn is null ? null : FontSubset.Of(ReportFonts.Of((FontFace)face), [.. drawn.Index().Where(g => g.Item).Select(g => (ushort)g.Index)]))];

    public float Width(string text, TextStyle style) => Width(Line(text), style);

    public float Width(TextLine line, TextStyle style)
    {
        var width = line.Order is null
            ? Shape(line.Text, (FontFace)style.Weight, isRightToLeft: false).Width
            : TextRun.Of(line.Text, line.Order, style.Weight).Sum(run => Shape(run, line.Text).Width);
        return width * style.Size / ReportFonts.UnitsPerEm;
    }

    /// <summary>Of a part of a paragraph, with the white at its end.</summary>
    public float FullWidth(TextLine paragraph, int start, int end, TextStyle style) =>
        Width(new TextLine(paragraph.Text[start..end], paragraph.Order?.Part(start, end - start)), style);

    /// <summary>As much of a text as a line holds, with a sign that there is more.</summary>
    public string Cut(string text, TextStyle style, float width)
    {
        if (Width(text, style) <= width)
            return text;
        var begins = StringInfo.ParseCombiningCharacters(text);
        var kept = begins.Length - 1;
        while (kept > 1 && Width(text[..begins[kept]] + "…", style) > width)
            kept--;
        return text[..begins[kept]] + "…";
    }

    public void Draw(PageSketch page, string text, TextStyle style, float x, float y) => Draw(page, Line(text), style, x, y);

    /// <summary>Draws one line with its baseline at y.</summary>
    public void Draw(PageSketch page, TextLine line, TextStyle style, float x, float y)
    {
        if (line.Order is null)
        {
            Draw(page, Shape(line.Text, (FontFace)style.Weight, isRightToLeft: false), style, (FontFace)style.Weight, x, y);
            return;
        }

        var (runs, lefts) = (TextRun.Of(line.Text, line.Order, style.Weight), new Dictionary<TextRun, float>());
        foreach (var run in TextRun.FromLeft(runs))
        {
            lefts[run] = x;
            x += Shape(run, line.Text).Width * style.Size / ReportFonts.UnitsPerEm;
        }

        // Written in the order in which they are read, wherever they stand: that is the order for whoever copies them.
        foreach (var run in runs)
            Draw(page, Shape(run, line.Text), style, run.Face, lefts[run], y);
    }

    public void Dispose()
    {
        Array.ForEach(_fonts, font => font?.Dispose());
        Array.ForEach(_subsets, typeface => typeface?.Dispose());
        _buffer.Dispose();
    }

    private void Draw(PageSketch page, ShapedText shaped, TextStyle style, FontFace face, float x, float y)
    {
        if (shaped.Glyphs.Length == 0)
            return;
        var drawn = _isDrawn[(int)face] ??= new bool[ushort.MaxValue + 1];
        foreach (var glyph in shaped.Glyphs)
            drawn[glyph] = true;
        page.Text(shaped, style, face, x, y);
    }

    private Font FontOf(FontFace face)
    {
        if (_fonts[(int)face] is { } known)
            return known;
        var font = new Font(ReportFonts.Of(face).Face);
        font.SetScale(ReportFonts.UnitsPerEm, ReportFonts.UnitsPerEm);
        return _fonts[(int)face] = font;
    }

    private ShapedText Shape(TextRun run, string text) => Shape(text.Substring(run.Start, run.Length), run.Face, run.IsRightToLeft);

    private ShapedText Shape(string text, FontFace face, bool isRightToLeft)
    {
        if (_words.TryGetValue((text, face, isRightToLeft), out var known))
            return known;
        var isSpelled = isRightToLeft || face > FontFace.Strong || IsDevanagari(text);
        var bytes = isSpelled ? Encoding.UTF8.GetBytes(text) : [];
        _buffer.ClearContents();
        if (isSpelled)
            _buffer.AddUtf8(bytes);
        else
            _buffer.AddUtf16(text);
        _buffer.GuessSegmentProperties();
        if (isSpelled)
            _buffer.Direction = isRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        FontOf(face).Shape(_buffer, Features);
        var shaped = isSpelled ? SpelledGlyphs.Of(_buffer, bytes, isRightToLeft, ReportFonts.Of(face).Blank) : Taken(_buffer.GetGlyphInfoSpan(), _buffer.GetGlyphPositionSpan());
        if (text.Length <= LongestKept)
            Keep((text, face, isRightToLeft), shaped);
        return shaped;
    }

    // Its letters are joined, changed and put in another order on the paper: glyph by glyph a reader could not tell what they say.
    private static bool IsDevanagari(string text) => text.AsSpan().ContainsAnyInRange('\u0900', '\u097F');

    private void Keep((string Text, FontFace Face, bool IsRightToLeft) word, ShapedText shaped)
    {
        if (_words.Count == MostKept)
            _words.Clear();
        _words[word] = shaped;
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

    private static string Showable(string text)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (var (at, next) = (0, 0); at < text.Length; at = next)
        {
            next = at + StringInfo.GetNextTextElementLength(text.AsSpan(at));
            var isEmoji = Emoji.Is(text.AsSpan(at, next - at));
            foreach (var rune in text.AsSpan(at, next - at).EnumerateRunes())
                Show(shown, rune, isEmoji);
        }

        return shown.ToString();
    }

    private static void Show(StringBuilder shown, Rune rune, bool isEmoji)
    {
        if (isEmoji ? Emoji.IsSign(rune) || ReportFonts.Of(FontFace.Emoji).Shows(rune) : ReportFonts.Showing(rune, FontWeight.Regular) is not null || rune.Value is 0x061C or 0x200C or 0x200D or 0x200E or 0x200F)
            shown.Append(rune.ToString());
        else if (!Emoji.IsSign(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
    }
}
