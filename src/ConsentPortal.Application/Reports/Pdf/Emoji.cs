using System.Text;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Which characters, alone or joined to one sign, are emoji (Unicode Technical Standard 51). On paper they are drawings of one colour.</summary>
internal static class Emoji
{
    private const int Joiner = 0x200D;
    private const int AsEmoji = 0xFE0F;
    private const int AsText = 0xFE0E;
    private const int Keycap = 0x20E3;

    /// <summary>Whether it is worth while to open the font to see.</summary>
    public static bool MayBe(Rune rune) => rune.Value is 0x203C or 0x2049 or (>= 0x2100 and <= 0x2BFF) or 0x3030 or 0x303D or 0x3297 or 0x3299 or (>= 0x1F000 and <= 0x1FAFF);

    /// <summary>Signs without ink that say how to show what stands before them, or join it to what follows; the tags of flags among them.</summary>
    public static bool IsSign(Rune rune) => rune.Value is Joiner or AsEmoji or AsText or (>= 0xE0020 and <= 0xE007F);

    /// <summary>Whether the characters are meant as a picture and the font has it: then all of them go to that font, which knows what becomes of them together.</summary>
    /// <param name="character">What readers see as one character, from its first to its last part.</param>
    public static bool Is(ReadOnlySpan<char> character)
    {
        var (isMeant, length) = (false, 0);
        foreach (var rune in character.EnumerateRunes())
        {
            isMeant |= rune.Value is AsEmoji or Keycap or >= 0x1F000 and <= 0x1FAFF;
            length++;
        }

        Rune.DecodeFromUtf16(character, out var first, out _);
        return isMeant && (length > 1 || MayBe(first)) && ReportFonts.Of(FontFace.Emoji).Shows(first);
    }
}
