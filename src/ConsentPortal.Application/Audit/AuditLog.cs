using System.Globalization;
using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>Export of the sealed log, and its verification where it lies.</summary>
public sealed class AuditLog(PortalDatabase database, KeyRing ring, TimeProvider clock)
{
    private const int MostProblems = 100;

    /// <summary>Writes the sealed entries under the newest checkpoint into an empty folder.</summary>
    public async Task<Result<Checkpoint>> ExportAsync(Actor actor, string folder, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportAudit);
        await using var db = database.Open();
        var newest = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
            return new NothingSealedYet();
        if (!SignedNote.Parse(newest.Note).TryGet(out var note, out var unreadable))
            return unreadable;
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        var written = await AuditBundleWriter.WriteAsync(folder, LeavesAsync(db, newest.Size, cancellationToken), note, signer.VerifierKey, cancellationToken);
        if (written.IsSuccess)
        {
            await database.WriteAsync(
                write =>
                {
                    write.Audit(actor, clock.GetUtcNow(), new AuditFact("audit.exported", "audit", newest.Size.ToString(CultureInfo.InvariantCulture)));
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return written;
    }

    /// <summary>
    /// Recomputes every leaf and compares each signed root on the way: an edited, swapped, inserted, missing or cut-off
    /// entry is named, and so is a database that was put back to an older state than a checkpoint tells of.
    /// </summary>
    public async Task<BundleVerification> VerifyAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        var checkpoints = await db.AuditCheckpoints.AsNoTracking().OrderBy(c => c.Size).ToListAsync(cancellationToken);
        var problems = new List<BundleProblem>();
        var frontier = new MerkleFrontier();
        var next = 0;
        await foreach (var entry in db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex != null).OrderBy(e => e.LeafIndex)
            .Select(e => new { e.LeafIndex, e.Leaf, e.LeafHash }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (entry.LeafIndex != frontier.Size)
            {
                problems.Add(new BundleProblem(frontier.Size, BundleProblemKind.Removed, $"Entry {frontier.Size} is missing: the next one that is there is number {entry.LeafIndex}."));
                break;
            }

            var hash = MerkleHash.OfLeaf(entry.Leaf);
            if (entry.LeafHash is null || MerkleHash.FromBytes(entry.LeafHash) != hash)
                problems.Add(new BundleProblem(entry.LeafIndex, BundleProblemKind.Edited, $"Entry {entry.LeafIndex} was changed after it was sealed."));
            frontier.Append(hash);
            for (; next < checkpoints.Count && checkpoints[next].Size == frontier.Size; next++)
                Compare(checkpoints[next], frontier, signer.VerifierKey, problems);
            if (problems.Count >= MostProblems)
                break;
        }

        if (problems.Count == 0 && next < checkpoints.Count)
            problems.Add(new BundleProblem(frontier.Size, BundleProblemKind.Truncated, $"The log ends after {frontier.Size} entries, but a checkpoint is signed over {checkpoints[^1].Size}: its tail was cut off or an old backup was put back."));
        if (problems.Count == 0 && checkpoints.Count > 0 && checkpoints[^1].Size < frontier.Size)
            problems.Add(new BundleProblem(checkpoints[^1].Size, BundleProblemKind.Inserted, $"Entries from number {checkpoints[^1].Size} on are marked as sealed, but no checkpoint covers them."));
        return new BundleVerification(problems.Count == 0, frontier.Size, frontier.Root.ToBase64(), problems);
    }

    private static void Compare(AuditCheckpoint checkpoint, MerkleFrontier frontier, VerifierKey key, List<BundleProblem> problems)
    {
        var signed = SignedNote.Parse(checkpoint.Note).TryGet(out var note, out _) ? CheckpointVerifier.Verify(note, key) : default;
        if (!signed.IsSuccess || signed.Value is null)
            problems.Add(new BundleProblem(checkpoint.Size, BundleProblemKind.Signature, $"The checkpoint over {checkpoint.Size} entries is not signed by this log's key."));
        else if (signed.Value.Root != frontier.Root || signed.Value.Size != frontier.Size)
            problems.Add(new BundleProblem(checkpoint.Size, BundleProblemKind.Root, $"The first {checkpoint.Size} entries are not those that were signed: one was edited, swapped or inserted and its hash with it."));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LeavesAsync(PortalDbContext db, long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var leaf in db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex < size).OrderBy(e => e.LeafIndex).Select(e => e.Leaf)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return leaf;
        }
    }
}

public sealed record NothingSealedYet()
    : Failure("The audit log has no sealed entry yet, so there is nothing to export. Entries are sealed within seconds of being written; try again.");
