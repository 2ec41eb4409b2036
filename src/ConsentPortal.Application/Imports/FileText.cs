using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Imports;

/// <summary>What a file is made of, found by reading it once as bytes.</summary>
/// <param name="Encoding">UTF-8, UTF-16 or, where the bytes are no UTF-8, Windows-1252.</param>
/// <param name="Hash">SHA-256, lower-case hex.</param>
internal sealed record FileText(Encoding Encoding, string Hash, long Size)
{
    private const int BlockSize = 128 * 1024;
    private const int SampleSize = 4096;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding WindowsLatin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static async Task<Result<FileText>> InspectAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockSize];
        var count = await stream.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellationToken);
        if (BinaryKind(block.AsSpan(0, count)) is { } refused)
            return refused;
        var wide = WideEncoding(block.AsSpan(0, count));
        var check = new TextCheck(wide is null);
        long size = 0;
        while (count > 0)
        {
            hash.AppendData(block, 0, count);
            size += count;
            check.Take(block.AsSpan(0, count));
            count = await stream.ReadAsync(block, cancellationToken);
        }

        check.End();
        if (wide is null && check.HasNul)
            return new ImportFileIsBinary();
        return new FileText(wide ?? (check.IsUtf8 ? Encoding.UTF8 : WindowsLatin), Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private static Failure? BinaryKind(ReadOnlySpan<byte> start)
    {
        if (start.IndexOfAnyExcept((byte)' ', (byte)'\r', (byte)'\n') < 0 || start is [0xEF, 0xBB, 0xBF])
            return new ImportFileEmpty();
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return new ImportFileIsWorkbook();
        if (start.StartsWith("%PDF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new ImportFileIsBinary();
        return null;
    }

    // Text in UTF-16 without a mark shows in every second byte of Latin letters and digits being zero.
    private static Encoding? WideEncoding(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..])
            return Encoding.Unicode;
        if (start is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode;
        var sample = start[..(Math.Min(start.Length, SampleSize) & ~1)];
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var pairs = sample.Length / 2;
        return odd * 2 > pairs && even * 20 < pairs ? Encoding.Unicode
            : even * 2 > pairs && odd * 20 < pairs ? Encoding.BigEndianUnicode
            : null;
    }

    private sealed class TextCheck(bool isNarrow)
    {
        private readonly Decoder _decoder = StrictUtf8.GetDecoder();

        public bool IsUtf8 { get; private set; } = true;

        public bool HasNul { get; private set; }

        public void Take(ReadOnlySpan<byte> block)
        {
            if (!isNarrow)
                return;
            HasNul |= block.Contains((byte)0);
            Decode(block, flush: false);
        }

        public void End()
        {
            if (isNarrow)
                Decode([], flush: true);
        }

        private void Decode(ReadOnlySpan<byte> block, bool flush)
        {
            if (!IsUtf8)
                return;
            Span<char> chars = stackalloc char[1024];
            try
            {
                bool completed;
                do
                {
                    _decoder.Convert(block, chars, flush, out var used, out _, out completed);
                    block = block[used..];
                }
                while (!completed);
            }
            catch (DecoderFallbackException)
            {
                IsUtf8 = false;
            }
        }
    }
}
