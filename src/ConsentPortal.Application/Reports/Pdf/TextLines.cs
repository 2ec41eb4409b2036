namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Text broken into lines of a width: where <see cref="LineBreaks"/> allows it, and inside a word that is longer than a line.</summary>
internal sealed record TextLines(IReadOnlyList<TextLine> Lines, TextStyle Style, float Width)
{
    public float Height => Lines.Count * Style.Leading;

    /// <param name="isOurs">The portal's own words, whose addresses become links; those in words of others are theirs.</param>
    public static TextLines Of(TextShaper shaper, string text, TextStyle style, float width, bool breaksAnywhere = false, bool isOurs = false)
    {
        var lines = new List<TextLine>();
        text = text.ReplaceLineEndings("\n");
        if (!breaksAnywhere && IsShortLine(text))
        {
            var line = Paragraph(text.TrimEnd(), isOurs);
            if (shaper.Width(line, style) <= width)
                return new TextLines([line], style, width);
        }

        foreach (var paragraph in text.Split('\n'))
            Break(shaper, Paragraph(paragraph, isOurs), style, width, breaksAnywhere, lines);
        return new TextLines(lines, style, width);
    }

    /// <summary>The width below which a word would have to be broken.</summary>
    public static float LongestWord(TextShaper shaper, string text, TextStyle style)
    {
        if (text.Length == 0)
            return 0;
        var line = TextShaper.Line(text.Replace('\n', ' '));
        return LineBreaks.Words(line.Text).Select(word => shaper.Width(line.Part(word.Start, word.End), style)).DefaultIfEmpty().Max();
    }

    /// <summary>Draws from the top of the first line's box; a paragraph from right to left ends at the right edge of its block.</summary>
    public void Draw(PageSketch page, TextShaper shaper, float x, float top, float? rightEdge = null)
    {
        var baseline = top + (Style.Leading + Style.Size * 0.72f) / 2;
        foreach (var line in Lines)
        {
            var edge = rightEdge ?? (line.IsRightToLeft ? x + Width : null);
            var left = edge is { } right ? right - shaper.Width(line, Style) : x;
            shaper.Draw(page, line, Style, left, baseline);
            if (line.Links is { } links)
                Link(page, shaper, line, links, left, baseline);
            baseline += Style.Leading;
        }
    }

    public TextLines Part(int from, int count) => this with { Lines = [.. Lines.Skip(from).Take(count)] };

    // In a line of two directions the whole line leads there: where exactly the address stands in it is not worth the trouble.
    private void Link(PageSketch page, TextShaper shaper, TextLine line, IReadOnlyList<TextLink> links, float left, float baseline)
    {
        foreach (var link in links)
        {
            var start = line.Order is null ? shaper.Width(TextShaper.Line(line.Text[..link.Start]), Style) : 0;
            var end = line.Order is null ? shaper.Width(TextShaper.Line(line.Text[..link.End]), Style) : shaper.Width(line, Style);
            page.Rule(left + start, left + end, baseline + 1.6f, Ink.Accent, 0.5f);
            page.Link(new SkiaSharp.SKRect(left + start, baseline - Style.Size, left + end, baseline + Style.Size * 0.3f), link.Address);
        }
    }

    private static TextLine Paragraph(string text, bool isOurs)
    {
        var line = TextShaper.Line(text);
        return isOurs ? line with { Links = TextLink.In(line.Text) } : line;
    }

    // The whole line is shaped to be drawn anyway: of most cells no word is ever looked at by itself.
    private static bool IsShortLine(string text) => text.Length <= TextShaper.LongestKept && !text.Contains('\n', StringComparison.Ordinal);

    private static void Break(TextShaper shaper, TextLine paragraph, TextStyle style, float width, bool breaksAnywhere, List<TextLine> lines)
    {
        var (start, used) = (0, 0f);
        foreach (var word in breaksAnywhere ? [(0, paragraph.Text.Length)] : LineBreaks.Words(paragraph.Text))
        {
            if (used + shaper.Width(paragraph.Part(word.Start, word.End), style) > width)
            {
                if (word.Start > start)
                    lines.Add(paragraph.Part(start, word.Start));
                start = Pieces(shaper, paragraph, word, style, width, lines);
                used = shaper.FullWidth(paragraph, start, word.End, style);
                continue;
            }

            used += shaper.FullWidth(paragraph, word.Start, word.End, style);
        }

        lines.Add(paragraph.Part(start, paragraph.Text.Length));
    }

    /// <summary>Adds full lines of a word that is too long; returns where what is left of it starts.</summary>
    private static int Pieces(TextShaper shaper, TextLine paragraph, (int Start, int End) word, TextStyle style, float width, List<TextLine> lines)
    {
        if (shaper.Width(paragraph.Part(word.Start, word.End), style) <= width)
            return word.Start;
        var (start, used) = (word.Start, 0f);
        for (var at = word.Start; at < word.End;)
        {
            var next = LineBreaks.EndOfCharacter(paragraph.Text, at, word.End);
            var wide = shaper.FullWidth(paragraph, at, next, style);
            if (used + wide > width && at > start)
            {
                lines.Add(paragraph.Part(start, at));
                (start, used) = (at, 0);
            }

            (at, used) = (next, used + wide);
        }

        return start;
    }
}
