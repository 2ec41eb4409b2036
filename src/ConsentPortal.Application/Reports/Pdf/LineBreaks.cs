namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Where a line may end: behind spaces, behind hyphens and slashes inside a word, and between Chinese and Japanese characters unless the
/// one before may not end a line or the one behind may not begin one. Korean is written with spaces and breaks at them.
/// </summary>
internal static class LineBreaks
{
    /// <summary>Closing marks, and what belongs to the character before: small kana, marks of length and repetition.</summary>
    private const string NeverFirst =
        "!%),.:;?]}¢°’”†‡›℃‰‱、。〃々〉》」』】〕〗〙〛〜〞〟ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ！％），．：；？］｝～｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ…‥—–·";

    private const string NeverLast = "$([{£¥‘“‹〈《「『【〔〖〘〚〝＄（［｛￡￥｢№";

    /// <summary>Each word with the space behind it.</summary>
    public static IEnumerable<(int Start, int End)> Words(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!MayEnd(text, i, start))
                continue;
            yield return (start, i + 1);
            start = i + 1;
        }

        if (start < text.Length)
            yield return (start, text.Length);
    }

    private static bool MayEnd(string text, int i, int start)
    {
        if (text[i] == ' ')
            return true;
        if (i + 1 == text.Length)
            return false;
        var next = text[i + 1];
        if (text[i] is '-' or '/')
            return i > start && char.IsLetter(text[i - 1]) && char.IsLetter(next);
        return (IsIdeographic(text[i]) || IsIdeographic(next)) && IsFree(text[i], next);
    }

    private static bool IsFree(char before, char next) =>
        next != ' ' && !NeverFirst.Contains(next, StringComparison.Ordinal) && !NeverLast.Contains(before, StringComparison.Ordinal)
        && !char.IsLowSurrogate(next) && char.GetUnicodeCategory(next) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format);

    private static bool IsIdeographic(char character) =>
        character is (>= '\u2E80' and <= '\u312F') or (>= '\u31A0' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE4F') or (>= '\uFF01' and <= '\uFF9F');
}
