using System.Buffers;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Finds any of a person's spellings in text, in bytes (UTF-8 and UTF-16) and in files of any size, as people write them: as stored, in small letters, in capitals, with a capital first.</summary>
internal sealed class TraceSearch
{
    private const int BlockSize = 1 << 20;

    // Among a million people's ciphertext in Base64 a name of five letters stands by chance. No word is so long without a break.
    private const int LengthOfCode = 40;

    private static readonly SearchValues<char> CodeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-");

    private readonly SearchValues<string> _inText;
    private readonly SearchValues<string> _inBytes;
    private readonly int _longest;

    public TraceSearch(PersonTraces traces)
    {
        string[] written = [.. traces.Spellings.SelectMany(Cases).Distinct(StringComparer.Ordinal)];
        // Bytes are read as Latin-1, one character a byte, so that one search serves both.
        string[] bytes = [.. written.SelectMany(s => new[] { Latin1(Encoding.UTF8.GetBytes(s)), Latin1(Encoding.Unicode.GetBytes(s)) }).Distinct(StringComparer.Ordinal)];
        _inText = SearchValues.Create(written, StringComparison.Ordinal);
        _inBytes = SearchValues.Create(bytes, StringComparison.Ordinal);
        _longest = bytes.Max(b => b.Length) + LengthOfCode;
    }

    public bool IsIn(string text) => IsIn(text, _inText);

    public bool IsIn(byte[] bytes) => IsIn(Latin1(bytes), _inBytes);

    /// <summary>Reads a part of a file; of two neighbours one has to reach into the other by <see cref="Overlap"/>.</summary>
    /// <returns>How many bytes were read, and whether one of them began a spelling.</returns>
    public (long Read, bool IsFound) IsInFile(string path, long from, long to, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        file.Position = from;
        var (block, letters) = (new byte[BlockSize + _longest], new char[BlockSize + _longest]);
        var (kept, total) = (0, 0L);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(BlockSize, to - from - total);
            var count = file.ReadAtLeast(block.AsSpan(kept, wanted), wanted, throwOnEndOfStream: false);
            total += count;
            var filled = kept + count;
            Encoding.Latin1.GetChars(block.AsSpan(0, filled), letters);
            if (IsIn(letters.AsSpan(0, filled), _inBytes))
                return (total, true);
            if (count < BlockSize)
                return (total, false);
            // A spelling may lie across the edge of two blocks.
            kept = Math.Min(filled, _longest - 1);
            block.AsSpan(filled - kept, kept).CopyTo(block);
        }
    }

    /// <summary>How far two parts of a file have to overlap, so that no spelling lies in neither.</summary>
    public int Overlap => _longest;

    private static bool IsIn(ReadOnlySpan<char> text, SearchValues<string> spellings)
    {
        for (var at = text.IndexOfAny(spellings); at >= 0;)
        {
            if (!IsInCode(text, at))
                return true;
            var next = text[(at + 1)..].IndexOfAny(spellings);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    // A number is no accident: nine digits and more never stand by chance in a code of letters of 64 kinds.
    private static bool IsInCode(ReadOnlySpan<char> text, int at)
    {
        if (!char.IsAsciiLetter(text[at]))
            return false;
        var (before, after) = (text[..at].LastIndexOfAnyExcept(CodeLetters), text[at..].IndexOfAnyExcept(CodeLetters));
        return (after < 0 ? text.Length : at + after) - (before + 1) >= LengthOfCode;
    }

    private static IEnumerable<string> Cases(string spelling) =>
        [spelling, spelling.ToLowerInvariant(), spelling.ToUpperInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(spelling.ToLowerInvariant())];

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
