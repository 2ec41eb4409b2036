using System.Globalization;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>Writes a log, or its first part, so that it can be checked without the portal, its database or its keys.</summary>
public static class AuditBundleWriter
{
    private const int BufferSize = 1 << 20;

    /// <summary>Writes the entries and signs a checkpoint over them.</summary>
    /// <param name="folder">Made when it does not exist; must be empty otherwise.</param>
    /// <param name="leaves">The exact leaf bytes, in order. Each may be reused once the next is asked for.</param>
    /// <param name="origin">The checkpoint's first line.</param>
    public static async Task<Result<Checkpoint>> WriteAsync(
        string folder, IAsyncEnumerable<ReadOnlyMemory<byte>> leaves, string origin, CheckpointSigner signer, CancellationToken cancellationToken)
    {
        if (!TryPrepare(folder))
            return new BundleFolderIsNotEmpty();
        var frontier = await WriteEntriesAsync(folder, leaves, cancellationToken);
        var checkpoint = new Checkpoint(origin, frontier.Size, frontier.Root);
        await WriteSealAsync(folder, signer.Sign(checkpoint), signer.VerifierKey, cancellationToken);
        return checkpoint;
    }

    /// <summary>Writes the entries under a checkpoint that was signed earlier, when they are exactly those.</summary>
    /// <inheritdoc cref="WriteAsync(string, IAsyncEnumerable{ReadOnlyMemory{byte}}, string, CheckpointSigner, CancellationToken)"/>
    public static async Task<Result<Checkpoint>> WriteAsync(
        string folder, IAsyncEnumerable<ReadOnlyMemory<byte>> leaves, SignedNote note, VerifierKey key, CancellationToken cancellationToken)
    {
        if (!CheckpointVerifier.Verify(note, key).TryGet(out var checkpoint, out var failure))
            return failure;
        if (!TryPrepare(folder))
            return new BundleFolderIsNotEmpty();
        var frontier = await WriteEntriesAsync(folder, leaves, cancellationToken);
        if (frontier.Size != checkpoint.Size || frontier.Root != checkpoint.Root)
            return new EntriesAreNotThoseSigned(frontier.Size, checkpoint.Size);
        await WriteSealAsync(folder, note, key, cancellationToken);
        return checkpoint;
    }

    /// <summary>Makes the folder where it is missing.</summary>
    /// <returns>Why nothing can be written there; null when it is empty.</returns>
    internal static Failure? Obstacle(string folder) => TryPrepare(folder) ? null : new BundleFolderIsNotEmpty();

    private static bool TryPrepare(string folder)
    {
        Directory.CreateDirectory(folder);
        return !Directory.EnumerateFileSystemEntries(folder).Any();
    }

    private static async Task<MerkleFrontier> WriteEntriesAsync(
        string folder, IAsyncEnumerable<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken)
    {
        var frontier = new MerkleFrontier();
        var hashBytes = new byte[MerkleHash.Size];
        await using var entries = Create(folder, AuditBundle.Entries);
        await using var tree = Create(folder, AuditBundle.Tree);
        await foreach (var leaf in leaves.WithCancellation(cancellationToken))
        {
            if (leaf.Span.Contains((byte)'\n'))
                throw new InvalidOperationException($"Leaf {frontier.Size.ToString(CultureInfo.InvariantCulture)} holds a line feed, so it is not canonical JSON.");
            await entries.WriteAsync(leaf, cancellationToken);
            entries.WriteByte((byte)'\n');
            var hash = MerkleHash.OfLeaf(leaf.Span);
            hash.CopyTo(hashBytes);
            await tree.WriteAsync(hashBytes, cancellationToken);
            frontier.Append(hash);
        }

        return frontier;
    }

    // Last of all, so that a folder whose export was cut short holds no checkpoint and does not verify.
    private static async Task WriteSealAsync(string folder, SignedNote note, VerifierKey key, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, AuditBundle.PublicKey), $"{key}\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, AuditBundle.Checkpoint), note.ToString(), cancellationToken);
    }

    private static FileStream Create(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: false);
}

/// <summary>An export never mixes with files that are already there.</summary>
public sealed record BundleFolderIsNotEmpty()
    : Failure("The folder already holds files, so nothing was written. Give an empty folder, or one that does not exist yet.");

/// <summary>The entries at hand are not those under the checkpoint.</summary>
public sealed record EntriesAreNotThoseSigned(long Found, long Signed)
    : Failure(string.Create(CultureInfo.InvariantCulture, $"The {Found:N0} entries read are not the {Signed:N0} that the checkpoint is signed for. The folder was left without a checkpoint; verify the log in the database before exporting it again."));
