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
        var (runs, at) = (new List<TextRun>(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var level = order.Levels[at];
            if (runs.Count > 0 && runs[^1] is var last && last.Level == level && !IsBehindWord(text, at, level) && (IsTail(rune) || FaceOf(rune, weight, last.Face) == last.Face))
                runs[^1] = last with { Length = last.Length + rune.Utf16SequenceLength };
            else
                runs.Add(new TextRun(at, rune.Utf16SequenceLength, level, FaceOf(rune, weight, (FontFace)weight)));
            at += rune.Utf16SequenceLength;
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

    // A space between two words of a script stays with them; a mark stays with its letter, or neither would be drawn well.
    private static FontFace FaceOf(Rune rune, FontWeight weight, FontFace running) =>
        rune.Value == ' ' && ReportFonts.Of(running).Shows(rune) ? running : ReportFonts.Showing(rune, weight) ?? running;

    private static bool IsTail(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
}
