using System.Globalization;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Where a line may end: behind spaces, behind hyphens and slashes inside a word but not in the name of a rule, behind each hyphen of an id, and between Chinese and Japanese characters unless the
/// one before may not end a line or the one behind may not begin one. Korean is written with spaces and breaks at them; Thai is not, and
/// breaks between the words that a list knows.
/// </summary>
internal static class LineBreaks
{
    /// <summary>Closing marks, and what belongs to the character before: small kana, marks of length and repetition.</summary>
    private const string NeverFirst =
        "!%),.:;?]}¢°’”†‡›℃‰‱、。〃々〉》」』】〕〗〙〛〜〞〟ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ！％），．：；？］｝～｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ…‥—–·";

    private const string NeverLast = "$([{£¥‘“‹〈《「『【〔〖〘〚〝＄（［｛￡￥｢№";

    // As Guid.ToString() writes it.
    private const int IdLength = 36;

    /// <summary>Each word with the space behind it.</summary>
    public static IEnumerable<(int Start, int End)> Words(string text)
    {
        var (start, thai) = (0, ThaiWords.Begins(text));
        for (var i = 0; i < text.Length; i++)
        {
            if (!MayEnd(text, i, start) && !(i + 1 < text.Length && thai is not null && thai[i + 1]))
                continue;
            yield return (start, i + 1);
            start = i + 1;
        }

        if (start < text.Length)
            yield return (start, text.Length);
    }

    /// <summary>Where what readers see as one character ends: a letter with its marks, an emoji with all that it is joined of, and a Devanagari cluster.</summary>
    public static int EndOfCharacter(string text, int at, int end)
    {
        var next = at + StringInfo.GetNextTextElementLength(text.AsSpan(at, end - at));
        while (next < end && IsConjunct(text, at, next))
            next += StringInfo.GetNextTextElementLength(text.AsSpan(next, end - next));
        return next;
    }

    /// <summary>A consonant behind a virama is written in one with the consonant before (Unicode Standard Annex 29, rule GB9c).</summary>
    private static bool IsConjunct(string text, int start, int at)
    {
        if (text[at] is not ((>= '\u0915' and <= '\u0939') or (>= '\u0958' and <= '\u095F') or (>= '\u0978' and <= '\u097F')))
            return false;
        var before = at - 1;
        while (before > start && text[before] is '\u200D' or '\u093C')
            before--;
        return text[before] == '\u094D';
    }

    private static bool MayEnd(string text, int i, int start)
    {
        if (text[i] == ' ')
            return true;
        if (i + 1 == text.Length)
            return false;
        var next = text[i + 1];
        if (text[i] is '-' or '/')
            return i > start && (char.IsLetter(text[i - 1]) && char.IsLetter(next) && !(char.IsUpper(text[i - 1]) && char.IsUpper(next)) || text[i] == '-' && IsInId(text, i));
        return (IsIdeographic(text[i]) || IsIdeographic(next)) && IsFree(text[i], next);
    }

    private static bool IsInId(string text, int at)
    {
        var start = text.LastIndexOf(' ', at) + 1;
        return text.Length - start >= IdLength && (text.Length - start == IdLength || text[start + IdLength] == ' ') && Guid.TryParseExact(text.AsSpan(start, IdLength), "D", out _);
    }

    private static bool IsFree(char before, char next) =>
        next != ' ' && !NeverFirst.Contains(next, StringComparison.Ordinal) && !NeverLast.Contains(before, StringComparison.Ordinal)
        && !char.IsLowSurrogate(next) && char.GetUnicodeCategory(next) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format);

    private static bool IsIdeographic(char character) =>
        character is (>= '\u2E80' and <= '\u312F') or (>= '\u31A0' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE4F') or (>= '\uFF01' and <= '\uFF9F');
}
