using System.Globalization;
using System.Text;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>A part of a line that goes in one direction and is shown by one font.</summary>
internal readonly record struct TextRun(int Start, int Length, byte Level, FontFace Face)
{
    public bool IsRightToLeft => Level % 2 == 1;

    /// <summary>In the order in which they are read.</summary>
    public static IReadOnlyList<TextRun> Of(string text, TextOrder order, FontWeight weight)
    {
        var runs = new List<TextRun>();
        for (var (at, next) = (0, 0); at < text.Length; at = next)
        {
            next = at + StringInfo.GetNextTextElementLength(text.AsSpan(at));
            var level = order.Levels[at];
            var character = text.AsSpan(at, next - at);
            if (runs.Count > 0 && runs[^1] is var last && last.Level == level && !IsBehindWord(text, at, level) && (IsTail(character) || FaceOf(character, weight, last.Face) == last.Face))
                runs[^1] = last with { Length = last.Length + next - at };
            else
                runs.Add(new TextRun(at, next - at, level, FaceOf(character, weight, (FontFace)weight)));
        }

        return runs;
    }

    /// <summary>As they stand on the paper: from the highest level down, all that is not lower is turned round (L2).</summary>
    public static IReadOnlyList<TextRun> FromLeft(IReadOnlyList<TextRun> runs)
    {
        TextRun[] placed = [.. runs];
        for (var level = placed.Select(r => r.Level).DefaultIfEmpty().Max(); level > 0; level--)
        {
            for (var i = 0; i < placed.Length; i++)
            {
                var start = i;
                while (i < placed.Length && placed[i].Level >= level)
                    i++;
                if (i > start)
                    Array.Reverse(placed, start, i - start);
            }
        }

        return placed;
    }

    // From right to left each word is a run of its own: who reads a file as it was written then gets them in their order.
    private static bool IsBehindWord(string text, int at, byte level) => level % 2 == 1 && text[at - 1] == ' ' && text[at] != ' ';

    // A space between two words of a script stays with them, but for the wide one of emoji; a mark stays with its letter, or neither would be drawn well.
    private static FontFace FaceOf(ReadOnlySpan<char> character, FontWeight weight, FontFace running)
    {
        if (Emoji.Is(character))
            return FontFace.Emoji;
        Rune.DecodeFromUtf16(character, out var first, out _);
        return first.Value == ' ' && running != FontFace.Emoji && ReportFonts.Of(running).Shows(first) ? running : ReportFonts.Showing(first, weight) ?? (running == FontFace.Emoji ? (FontFace)weight : running);
    }

    private static bool IsTail(ReadOnlySpan<char> character)
    {
        Rune.DecodeFromUtf16(character, out var first, out _);
        return Rune.GetUnicodeCategory(first) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
    }
}
