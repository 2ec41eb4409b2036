using System.Globalization;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Checks an exported log without trusting whoever handed it over: needs the folder and, to know that the log is the
/// portal's own, the key that the portal published. Reads the entries in blocks, so memory does not grow with them.
/// </summary>
public static class AuditBundleVerifier
{
    private const int MostFlaws = 1000;

    /// <param name="trusted">The key that the log must be signed with; null believes the key in the bundle, which proves
    /// that the bundle fits together but not whose it is.</param>
    public static Task<BundleVerification> VerifyAsync(string folder, VerifierKey? trusted, CancellationToken cancellationToken) => VerifyAsync(folder, trusted, [], cancellationToken);

    /// <param name="copies">Checkpoints that somebody kept elsewhere, each with its place and its text: a bundle of a log that was put back to an older state does not fit them.</param>
    /// <inheritdoc cref="VerifyAsync(string, VerifierKey?, CancellationToken)"/>
    public static async Task<BundleVerification> VerifyAsync(string folder, VerifierKey? trusted, IReadOnlyList<(string Place, string Text)> copies, CancellationToken cancellationToken)
    {
        var problems = new List<BundleProblem>();
        var key = await ReadKeyAsync(folder, trusted, problems, cancellationToken);
        var checkpoint = await ReadCheckpointAsync(folder, key, problems, cancellationToken);
        var entries = Path.Combine(folder, AuditBundle.Entries);
        if (!File.Exists(entries))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, "There is no file of entries in the folder."));
            return Result(new MerkleFrontier(), problems);
        }

        var tree = Path.Combine(folder, AuditBundle.Tree);
        List<KeptCheckpoint> kept = [.. copies.Select(copy => KeptCheckpoint.Of(copy.Place, copy.Text, key is null ? [] : [key]))];
        var roots = kept.Where(k => k.Signed is not null).Select(k => k.Signed!.Size).Distinct().ToDictionary(size => size, _ => default(MerkleHash));
        var (frontier, flaws, isAsListed) = await ReadEntriesAsync(entries, tree, roots, cancellationToken);
        if (checkpoint is not null)
            await CompareAsync(entries, tree, isAsListed, frontier, checkpoint, problems, cancellationToken);
        problems.AddRange(flaws);
        problems.AddRange(kept.Select(k => k.Problem ?? k.IfShort(frontier.Size) ?? (k.Signed is { } signed ? k.IfOther(roots[signed.Size]) : null)).OfType<BundleProblem>());
        return Result(frontier, problems);
    }

    private static BundleVerification Result(MerkleFrontier frontier, List<BundleProblem> problems) =>
        new(problems.Count == 0, frontier.Size, frontier.Root.ToBase64(), problems);

    private static async Task<VerifierKey?> ReadKeyAsync(
        string folder, VerifierKey? trusted, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, AuditBundle.PublicKey);
        if (!File.Exists(path))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, "There is no public key in the folder."));
            return trusted;
        }

        if (!VerifierKey.Parse(await File.ReadAllTextAsync(path, cancellationToken)).TryGet(out var own, out var failure))
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, failure.Message));
        else if (trusted is not null && own != trusted)
            problems.Add(new BundleProblem(null, BundleProblemKind.WrongKey, "The public key in the folder is not the one that is trusted."));
        return trusted ?? own;
    }

    private static async Task<Checkpoint?> ReadCheckpointAsync(
        string folder, VerifierKey? key, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, AuditBundle.Checkpoint);
        if (!File.Exists(path))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, "There is no checkpoint in the folder: nothing was signed."));
            return null;
        }

        if (!SignedNote.Parse(await File.ReadAllTextAsync(path, cancellationToken)).TryGet(out var note, out var failure)
            || !Checkpoint.Parse(note.Text).TryGet(out var checkpoint, out failure))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, failure.Message));
            return null;
        }

        if (key is not null && !CheckpointVerifier.Verify(note, key).TryGet(out _, out failure))
        {
            var kind = failure is CheckpointSignatureIsWrong ? BundleProblemKind.Signature : BundleProblemKind.WrongKey;
            problems.Add(new BundleProblem(null, kind, failure.Message));
        }

        // Even unsigned, its size and root are compared: that tells a forged note from touched entries.
        return checkpoint;
    }

    /// <param name="roots">Sizes whose root is wanted; filled in on the way.</param>
    private static async Task<(MerkleFrontier Frontier, List<BundleProblem> Flaws, bool IsAsListed)> ReadEntriesAsync(
        string entries, string tree, Dictionary<long, MerkleHash> roots, CancellationToken cancellationToken)
    {
        var hasTree = File.Exists(tree);
        await using var listed = hasTree ? TreeFile.ReadAsync(tree, cancellationToken).GetAsyncEnumerator(cancellationToken) : null;
        var window = listed is null ? null : new HashWindow(listed);
        var (frontier, flaws, isAsListed) = (new MerkleFrontier(), new List<BundleProblem>(), hasTree && TreeFile.IsWhole(tree));
        await foreach (var block in HashedEntries.ReadAsync(entries, cancellationToken))
        {
            flaws.AddRange(block.Flaws.Take(MostFlaws - flaws.Count).Select(flaw => NotCanonical(frontier.Size + flaw.Line, flaw.Flaw)));
            foreach (var hash in block.Hashes)
            {
                frontier.Append(hash);
                if (roots.Count > 0 && roots.ContainsKey(frontier.Size))
                    roots[frontier.Size] = frontier.Root;
                if (!isAsListed)
                    continue;
                isAsListed = await window!.FillAsync(1) && window[0] == hash;
                if (isAsListed)
                    window.Advance(1);
            }
        }

        return (frontier, flaws, isAsListed && !await window!.FillAsync(1));
    }

    private static BundleProblem NotCanonical(long index, string flaw) => new(
        index, BundleProblemKind.NotCanonical,
        string.Create(CultureInfo.InvariantCulture, $"Line {index + 1} is not canonical JSON: {flaw}."));

    private static async Task CompareAsync(
        string entries, string tree, bool isAsListed, MerkleFrontier frontier, Checkpoint checkpoint, List<BundleProblem> problems,
        CancellationToken cancellationToken)
    {
        if (frontier.Size != checkpoint.Size)
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Size, string.Create(
                CultureInfo.InvariantCulture, $"The checkpoint is signed for {checkpoint.Size:N0} entries, and the file holds {frontier.Size:N0}.")));
        }

        var isSigned = frontier.Size == checkpoint.Size && frontier.Root == checkpoint.Root;
        if (frontier.Root != checkpoint.Root)
            problems.Add(new BundleProblem(null, BundleProblemKind.Root, "The entries do not have the root hash that was signed: the log was changed after signing."));

        var isTreeSigned = isAsListed ? isSigned : File.Exists(tree) && await TreeFile.HasRootAsync(tree, checkpoint, cancellationToken);
        if (File.Exists(tree) && !isTreeSigned)
            problems.Add(new BundleProblem(null, BundleProblemKind.Tree, "The file of leaf hashes is not the one of the signed log, so it cannot say which entry was touched."));
        if (isSigned)
            return;
        problems.AddRange(isTreeSigned
            ? await LocateAsync(entries, tree, cancellationToken)
            : await EntryNumbers.CheckAsync(entries, cancellationToken));
    }

    private static async Task<IReadOnlyList<BundleProblem>> LocateAsync(string entries, string tree, CancellationToken cancellationToken)
    {
        await using var lines = HashedEntries.ReadAsync(entries, cancellationToken)
            .Select(block => (ReadOnlyMemory<MerkleHash>)block.Hashes.ToArray()).GetAsyncEnumerator(cancellationToken);
        await using var signed = TreeFile.ReadAsync(tree, cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await new BundleComparison(new HashWindow(lines), new HashWindow(signed))
            .FindAsync(TreeFile.ReadAsync(tree, cancellationToken), cancellationToken);
    }
}
