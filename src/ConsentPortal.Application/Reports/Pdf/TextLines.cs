using System.Globalization;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Text broken into lines of a width: at spaces, after hyphens and slashes, and inside a word that is longer than a line.</summary>
internal sealed record TextLines(IReadOnlyList<string> Lines, TextStyle Style)
{
    public float Height => Lines.Count * Style.Leading;

    public static TextLines Of(TextShaper shaper, string text, TextStyle style, float width, bool breaksAnywhere = false)
    {
        var lines = new List<string>();
        text = text.ReplaceLineEndings("\n");
        if (!breaksAnywhere && IsShortLine(text) && shaper.Width(text, style) <= width)
            return new TextLines([text.TrimEnd()], style);
        foreach (var paragraph in text.Split('\n'))
            Break(shaper, paragraph, style, width, breaksAnywhere, lines);
        return new TextLines(lines, style);
    }

    /// <summary>The width below which a word would have to be broken.</summary>
    public static float LongestWord(TextShaper shaper, string text, TextStyle style) =>
        text.Length == 0 ? 0 : Words(text.Replace('\n', ' ')).Max(word => shaper.Width(word.TrimEnd(), style));

    /// <summary>Draws from the top of the first line's box.</summary>
    public void Draw(PageSketch page, TextShaper shaper, float x, float top, float? rightEdge = null)
    {
        var baseline = top + (Style.Leading + Style.Size * 0.72f) / 2;
        foreach (var line in Lines)
        {
            shaper.Draw(page, line, Style, rightEdge is { } edge ? edge - shaper.Width(line, Style) : x, baseline);
            baseline += Style.Leading;
        }
    }

    public TextLines Part(int from, int count) => this with { Lines = [.. Lines.Skip(from).Take(count)] };

    // The whole line is shaped to be drawn anyway: of most cells no word is ever looked at by itself.
    private static bool IsShortLine(string text) => text.Length <= TextShaper.LongestKept && !text.Contains('\n', StringComparison.Ordinal);

    private static void Break(TextShaper shaper, string paragraph, TextStyle style, float width, bool breaksAnywhere, List<string> lines)
    {
        var (line, used) = ("", 0f);
        foreach (var word in breaksAnywhere ? [paragraph] : Words(paragraph))
        {
            if (used + shaper.Width(word.TrimEnd(), style) > width)
            {
                if (line.Length > 0)
                    lines.Add(line.TrimEnd());
                line = Pieces(shaper, word, style, width, lines);
                used = shaper.Width(line, style);
                continue;
            }

            line += word;
            used += shaper.Width(word, style);
        }

        lines.Add(line.TrimEnd());
    }

    /// <summary>Adds full lines of a word that is too long; returns what is left of it.</summary>
    private static string Pieces(TextShaper shaper, string word, TextStyle style, float width, List<string> lines)
    {
        if (shaper.Width(word.TrimEnd(), style) <= width)
            return word;
        var (piece, used) = ("", 0f);
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var wide = shaper.Width(element, style);
            if (used + wide > width && piece.Length > 0)
            {
                lines.Add(piece);
                (piece, used) = ("", 0);
            }

            (piece, used) = (piece + element, used + wide);
        }

        return piece;
    }

    /// <summary>Each word with the space behind it; what follows a hyphen or a slash inside a word is a word of its own.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isEnd = text[i] == ' ' || (text[i] is '-' or '/' && i > start && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]));
            if (!isEnd)
                continue;
            yield return text[start..(i + 1)];
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }
}
