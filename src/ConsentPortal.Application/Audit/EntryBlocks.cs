using System.Buffers;
using System.Runtime.CompilerServices;

namespace ConsentPortal.Application.Audit;

/// <summary>Some whole lines of an entries file, about a megabyte; the last line of all may lack its line feed.</summary>
internal sealed class EntryBlock(byte[] buffer, int length) : IDisposable
{
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>Reads an entries file in blocks of whole lines, holding one block at a time.</summary>
internal static class EntryBlocks
{
    private const int UsualSize = 1 << 20;
    private const int LongestLine = 1 << 26;

    /// <exception cref="InvalidDataException">A line is longer than 64 MiB.</exception>
    public static async IAsyncEnumerable<EntryBlock> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(UsualSize);
        var filled = 0;
        while (true)
        {
            var read = await file.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, cancellationToken);
            filled += read;
            var isEnd = filled < buffer.Length;
            var whole = isEnd ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && !isEnd && buffer.Length > LongestLine)
                throw new InvalidDataException("A line of the entries file is longer than 64 MiB.");

            // Without a single line end in it, the block goes on in a buffer twice as large.
            var next = ArrayPool<byte>.Shared.Rent(whole == 0 ? buffer.Length * 2 : UsualSize + filled - whole);
            buffer.AsSpan(whole, filled - whole).CopyTo(next);
            if (whole == 0)
                ArrayPool<byte>.Shared.Return(buffer);
            else
                yield return new EntryBlock(buffer, whole);
            (buffer, filled) = (next, filled - whole);
            if (isEnd)
                break;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
