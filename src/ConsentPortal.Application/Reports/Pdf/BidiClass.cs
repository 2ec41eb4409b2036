using System.Globalization;
using System.Text;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>What a character does to the direction of a text (Unicode Standard Annex 9, table 4). Marks that open or close embeddings and isolates are not among them.</summary>
internal enum BidiClass : byte
{
    Left = 0,
    Right = 1,
    Arabic = 2,
    Number = 3,
    NumberSign = 4,
    NumberTerminator = 5,
    ArabicNumber = 6,
    NumberSeparator = 7,
    Mark = 8,
    Segment = 9,
    White = 10,
    Other = 11,
}

/// <summary>
/// The classes of the characters that a report can show, by the ranges of their blocks and their general category. Modifier letters,
/// letters in circles and numbers with a full stop are told no finer than that.
/// </summary>
internal static class BidiClasses
{
    private const string Signs = "+-⁺⁻₊₋−﹢﹣＋－﬩";
    private const string Separators = ",./:،⁄﹐﹒﹕，．／：\u00A0\u202F";
    private const string Terminators = "#%°±٪؉؊‰‱′″‴∓℮﹟﹪＃％";

    /// <summary>One for each unit of the text; both of a pair are of the class of their character.</summary>
    public static BidiClass[] Of(string text)
    {
        var (classes, at) = (new BidiClass[text.Length], 0);
        foreach (var rune in text.EnumerateRunes())
        {
            Array.Fill(classes, rune.IsBmp ? Of((char)rune.Value) : OfOther(rune), at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
        }

        return classes;
    }

    // Pictures are neutral: a text that begins with one goes the way of its first letter. The letters of flags are letters.
    private static BidiClass OfOther(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherSymbol when rune.Value is < 0x1F1E6 or > 0x1F1FF => BidiClass.Other,
        UnicodeCategory.ModifierSymbol => BidiClass.Other,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => BidiClass.Mark,
        _ => BidiClass.Left,
    };

    private static BidiClass Of(char character) => character switch
    {
        >= '0' and <= '9' or '²' or '³' or '¹' or '⁰' or (>= '⁴' and <= '⁹') or (>= '₀' and <= '₉') or (>= '۰' and <= '۹') or (>= '０' and <= '９') => BidiClass.Number,
        (>= '٠' and <= '٩') or '٫' or '٬' or '\u06DD' or (>= '\u0600' and <= '\u0605') or '\u08E2' => BidiClass.ArabicNumber,
        '\t' => BidiClass.Segment,
        '\u200E' => BidiClass.Left,
        '\u200F' => BidiClass.Right,
        '\u061C' => BidiClass.Arabic,
        _ when Signs.Contains(character, StringComparison.Ordinal) => BidiClass.NumberSign,
        _ when Separators.Contains(character, StringComparison.Ordinal) => BidiClass.NumberSeparator,
        _ when Terminators.Contains(character, StringComparison.Ordinal) => BidiClass.NumberTerminator,
        _ => OfCategory(character, CharUnicodeInfo.GetUnicodeCategory(character)),
    };

    private static BidiClass OfCategory(char character, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => BidiClass.Mark,
        UnicodeCategory.SpaceSeparator => BidiClass.White,
        UnicodeCategory.CurrencySymbol when character != '؋' => BidiClass.NumberTerminator,
        _ when IsNeutralArabic(character) => BidiClass.Other,
        _ when character is (>= '\u0590' and <= '\u05FF') or (>= '\u07C0' and <= '\u085F') or (>= '\uFB1D' and <= '\uFB4F') => BidiClass.Right,
        _ when character is (>= '\u0600' and <= '\u07BF') or (>= '\u0860' and <= '\u08FF') or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE') => BidiClass.Arabic,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => BidiClass.Left,
        UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => BidiClass.Left,
        _ => BidiClass.Other,
    };

    private static bool IsNeutralArabic(char character) => character is '؆' or '؇' or '؎' or '؏' or '۞' or '۩' or '﴾' or '﴿' or '﷽' or '﷏' or (>= '\uFD40' and <= '\uFD4F') or (>= '\uFDFD' and <= '\uFDFF');
}
