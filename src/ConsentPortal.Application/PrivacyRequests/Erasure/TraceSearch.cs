using System.Buffers;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Finds any of a person's spellings in text and in bytes (UTF-8 and UTF-16), as people write them: as stored, in small letters, in capitals, with a capital first.</summary>
internal sealed class TraceSearch
{
    // Among a million people's ciphertext in Base64 a name of five letters stands by chance. No word is so long without a break.
    private const int LengthOfCode = 40;

    private static readonly SearchValues<byte> CodeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-"u8);

    private readonly ByteSearch _spellings;

    public TraceSearch(PersonTraces traces)
    {
        string[] written = [.. traces.Spellings.SelectMany(Cases).Distinct(StringComparer.Ordinal)];
        _spellings = new ByteSearch([.. written.SelectMany(s => new[] { Encoding.UTF8.GetBytes(s), Encoding.Unicode.GetBytes(s) }).DistinctBy(Convert.ToHexString)]);
    }

    /// <summary>How many bytes before a spelling say whether it is part of a code.</summary>
    public static int Before => LengthOfCode;

    /// <summary>How many bytes from the beginning of a spelling on say whether it is one.</summary>
    public int After => _spellings.Longest + LengthOfCode;

    public bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    public bool IsIn(ReadOnlySpan<byte> bytes) => Begins(bytes, 0, bytes.Length);

    /// <summary>Whether a spelling begins in a part of the bytes.</summary>
    public bool Begins(ReadOnlySpan<byte> bytes, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            at = _spellings.Next(bytes, at);
            if (at < 0 || at >= to)
                return false;
            if (!IsInCode(bytes, at))
                return true;
        }

        return false;
    }

    /// <summary>Whether a spelling begins before a place and ends behind it.</summary>
    public bool Crosses(ReadOnlySpan<byte> bytes, int border)
    {
        for (var at = Math.Max(0, border - _spellings.Longest); at < border; at++)
        {
            if (at + _spellings.LengthAt(bytes, at) > border && !IsInCode(bytes, at))
                return true;
        }

        return false;
    }

    // A number is no accident: nine digits and more never stand by chance in a code of letters of 64 kinds.
    private static bool IsInCode(ReadOnlySpan<byte> bytes, int at)
    {
        if (!char.IsAsciiLetter((char)bytes[at]))
            return false;
        var before = bytes[Math.Max(0, at - LengthOfCode)..at];
        var after = bytes[at..Math.Min(bytes.Length, at + LengthOfCode)];
        var (breakBefore, breakAfter) = (before.LastIndexOfAnyExcept(CodeLetters), after.IndexOfAnyExcept(CodeLetters));
        return before.Length - (breakBefore + 1) + (breakAfter < 0 ? after.Length : breakAfter) >= LengthOfCode;
    }

    private static IEnumerable<string> Cases(string spelling) =>
        [spelling, spelling.ToLowerInvariant(), spelling.ToUpperInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(spelling.ToLowerInvariant())];
}
