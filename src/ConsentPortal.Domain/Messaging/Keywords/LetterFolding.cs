using System.Globalization;
using System.Text;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// What one character stands for in a keyword. Worked out once for each block of 256 characters, when the first of them is
/// met: a text then needs no normalisation of its own.
/// </summary>
internal static class LetterFolding
{
    /// <summary>From here on there are scripts that put no spaces between words (Hangul, kana, Han).</summary>
    public const char FirstWide = '\u1100';

    public const char Gap = ' ';

    private static readonly string[]?[] Blocks = new string[256][];

    /// <returns>The folded letters, with <see cref="Gap"/> where a word ends; empty where the character is dropped.</returns>
    public static string Of(char c)
    {
        // Two threads may work out the same block at once; both come to the same answer.
        var block = Volatile.Read(ref Blocks[c >> 8]) ?? Work(c >> 8);
        return block[c & 0xFF];
    }

    public static string Of(Rune rune) => rune.Value is >= 0x1F300 and <= 0x1FAFF
        ? " " // Pictures: emoji, their skin tones and arrows.
        : Fold(rune);

    private static string[] Work(int number)
    {
        var block = new string[256];
        for (var i = 0; i < block.Length; i++)
        {
            // Half a pair that has lost its other half says nothing.
            block[i] = Rune.TryCreate((char)((number << 8) | i), out var rune) ? Fold(rune) : " ";
        }

        Volatile.Write(ref Blocks[number], block);
        return block;
    }

    private static string Fold(Rune rune)
    {
        // An apostrophe inside a word is no gap: "don't" is "dont".
        if (rune.Value is '\'' or '’' or 'ʼ' or '`' or '´' or '＇')
            return "";
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned)
            return " ";
        var letters = new StringBuilder();
        // Compatibility decomposition: full-width and mathematical letters become plain ones, accents come apart.
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(part);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            if (Rune.IsLetterOrDigit(part) || category == UnicodeCategory.SpacingCombiningMark)
                letters.Append(Plain(Rune.ToLowerInvariant(part)));
            else
                letters.Append(Gap);
        }

        return letters.ToString();
    }

    // ß and the ligatures that no decomposition opens.
    private static string Plain(Rune letter) => letter.Value switch { 'ß' => "ss", 'æ' => "ae", 'ø' => "o", 'ł' => "l", 'ı' => "i", _ => letter.ToString() };
}
