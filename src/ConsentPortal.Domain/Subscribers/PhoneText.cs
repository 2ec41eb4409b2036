using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>
/// What was meant by a text in a phone field: plain ASCII digits with an optional plus, without the trimmings that forms,
/// address books and spreadsheets leave behind.
/// </summary>
internal static partial class PhoneText
{
    private const int LongestText = 250;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly string[] Schemes = ["tel:", "sms:", "smsto:", "callto:", "whatsapp:"];

    /// <param name="Digits">The text to interpret; international where it says so.</param>
    /// <param name="Literal">The text as written, where <paramref name="Digits"/> has read a leading 00 as a plus; else null.</param>
    public readonly record struct Written(string Digits, string? Literal, PhoneRefused? Refused);

    public static Written Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Refuse(new NumberIsEmpty());
        var plain = text.Length > LongestText ? text : Plain(text);
        if (plain.Length > LongestText)
            return Refuse(plain.AsSpan().ContainsAny(Digits) ? new NumberIsTooLong() : new NotANumber());
        plain = WithoutTrimmings(plain);
        if (plain.Length == 0)
            return Refuse(new NumberIsEmpty());
        if (Shortened().IsMatch(plain) || !plain.AsSpan().ContainsAny(Digits) || HasLettersAfterDigits(plain))
            return Refuse(new NotANumber());
        return LeavesCountry(plain) is { } international ? new Written(international, plain, null) : new Written(plain, null, null);
    }

    /// <summary>An ISO 3166 region in capitals; the everyday UK is GB. Null where nothing is given.</summary>
    public static string? RegionCode(string? region)
    {
        var code = region?.Trim().ToUpperInvariant();
        return string.IsNullOrEmpty(code) ? null : code == "UK" ? "GB" : code;
    }

    private static Written Refuse(PhoneRefused refused) => new("", null, refused);

    // Full-width, Arabic, Devanagari and mathematical digits all become 0–9; marks that only steer the display are dropped.
    private static string Plain(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Compatible(text).EnumerateRunes())
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(rune.ToString(), 0);
            if (digit >= 0)
                plain.Append((char)('0' + digit));
            else
                AppendOther(plain, rune);
        }

        return plain.ToString();
    }

    private static void AppendOther(StringBuilder plain, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark:
                break;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                plain.Append(' ');
                break;
            case UnicodeCategory.DashPunctuation:
                plain.Append('-');
                break;
            default:
                plain.Append(rune.ToString());
                break;
        }
    }

    // A lone surrogate can't be normalised; the replacement character makes it "not a number" instead of a crash.
    private static string Compatible(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune.ToString());
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static string WithoutTrimmings(string plain)
    {
        plain = plain.Trim(' ', '\t', '\r', '\n', '=', '"', '\'', '`', ',', ';');
        foreach (var scheme in Schemes)
        {
            if (plain.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                plain = plain[scheme.Length..];
        }

        plain = Label().Replace(plain, "");
        plain = Extension().Replace(plain, "");
        return DecimalTail().Replace(plain, "${whole}").Trim();
    }

    // Letters behind the digits would be read as a keypad word: somebody's note must not become somebody else's number.
    private static bool HasLettersAfterDigits(string plain)
    {
        var first = plain.AsSpan().IndexOfAny(Digits);
        return plain.AsSpan(first).ContainsAnyInRange('A', 'Z') || plain.AsSpan(first).ContainsAnyInRange('a', 'z')
            || plain.AsSpan(first).ContainsAnyExceptInRange('\0', '\u007f');
    }

    // No calling code begins with 0, so 000… is not an exit code.
    private static string? LeavesCountry(string plain)
    {
        if (plain.Contains('+', StringComparison.Ordinal))
            return null;
        var match = ExitCode().Match(plain);
        return match.Success ? string.Concat("+", plain.AsSpan(match.Length - 1)) : null;
    }

    [GeneratedRegex(@"^[\s(\[]*0\s*0[\s)\]./-]*[1-9]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"^[0-9]([.,][0-9]+)?E\+?[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^(?<whole>\+?[0-9]{7,})[.,]0+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalTail();

    [GeneratedRegex(@"[\s,;(]*(;ext=|extension|extn|ext|durchwahl|poste|anexo|x|#)[\s.:=#]*[0-9]{1,7}\s*\)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Extension();

    [GeneratedRegex(@"[\s,;/([-]+(mobile|mob|cell|cellphone|handy|mobil|movil|portable|privat|private|personal|home|work|office|main|whatsapp|sms|m|c|h|w)\.?[)\]]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
