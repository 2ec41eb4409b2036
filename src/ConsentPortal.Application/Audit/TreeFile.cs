using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>The file of leaf hashes in a bundle, read front to back.</summary>
internal static class TreeFile
{
    private const int HashesAtOnce = 1 << 14;

    /// <summary>Hashes in blocks; a last piece that is not a whole hash is left out, see <see cref="IsWhole"/>.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<MerkleHash>> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        var bytes = new byte[HashesAtOnce * MerkleHash.Size];
        int read;
        do
        {
            read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            yield return MemoryMarshal.Cast<byte, MerkleHash>(bytes.AsSpan(0, read - (read % MerkleHash.Size))).ToArray();
        }
        while (read == bytes.Length);
    }

    public static bool IsWhole(string path) => new FileInfo(path).Length % MerkleHash.Size == 0;

    /// <summary>Whether the hashes are those under the checkpoint, so that they can be believed.</summary>
    public static async Task<bool> HasRootAsync(string path, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var frontier = new MerkleFrontier();
        await foreach (var hashes in ReadAsync(path, cancellationToken))
        {
            foreach (var hash in hashes.Span)
                frontier.Append(hash);
        }

        return IsWhole(path) && frontier.Size == checkpoint.Size && frontier.Root == checkpoint.Root;
    }
}
