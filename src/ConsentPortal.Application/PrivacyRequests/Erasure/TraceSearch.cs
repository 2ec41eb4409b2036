using System.Buffers;
using System.Text;
using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Finds any of a person's spellings in text, in bytes (UTF-8 and UTF-16) and in files of any size, whatever the case.</summary>
internal sealed class TraceSearch
{
    private const int BlockSize = 1 << 20;

    private readonly SearchValues<string> _inText;
    private readonly SearchValues<string> _inBytes;
    private readonly int _longest;

    public TraceSearch(PersonTraces traces)
    {
        // Bytes are read as Latin-1, one character a byte, so that one search serves both.
        string[] bytes = [.. traces.Spellings.SelectMany(s => new[] { Latin1(Encoding.UTF8.GetBytes(s)), Latin1(Encoding.Unicode.GetBytes(s)) }).Distinct(StringComparer.Ordinal)];
        _inText = SearchValues.Create([.. traces.Spellings], StringComparison.OrdinalIgnoreCase);
        _inBytes = SearchValues.Create(bytes, StringComparison.OrdinalIgnoreCase);
        _longest = bytes.Max(b => b.Length);
    }

    public bool IsIn(string text) => text.AsSpan().ContainsAny(_inText);

    public bool IsIn(byte[] bytes) => Latin1(bytes).AsSpan().ContainsAny(_inBytes);

    /// <returns>How many bytes were read, and whether one of them began a spelling.</returns>
    public async Task<(long Read, bool IsFound)> IsInFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BlockSize, useAsync: true);
        var block = new byte[BlockSize + _longest];
        var (kept, total) = (0, 0L);
        while (true)
        {
            var count = await file.ReadAtLeastAsync(block.AsMemory(kept, BlockSize), BlockSize, throwOnEndOfStream: false, cancellationToken);
            total += count;
            var filled = kept + count;
            if (Encoding.Latin1.GetString(block, 0, filled).AsSpan().ContainsAny(_inBytes))
                return (total, true);
            if (count < BlockSize)
                return (total, false);
            // A spelling may lie across the edge of two blocks.
            kept = Math.Min(filled, _longest - 1);
            block.AsSpan(filled - kept, kept).CopyTo(block);
        }
    }

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
