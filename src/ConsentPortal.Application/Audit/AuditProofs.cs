using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Makes proofs out of what the log keeps anyway: the right edge of the tree at each checkpoint, and the leaf hashes. A node's hash is
/// that edge grown by the few leaves up to the node's end, so no table of nodes has to be written with each entry.
/// </summary>
public sealed class AuditProofs(PortalDatabase database, KeyRing ring)
{
    /// <summary>That an entry stands in the log of the newest checkpoint.</summary>
    public async Task<Result<AuditProof>> OfEntryAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var entry = await db.AuditEntries.AsNoTracking().Where(e => e.Id == id).Select(e => new { e.LeafIndex, e.Leaf }).FirstOrDefaultAsync(cancellationToken);
        if (entry?.LeafIndex is not { } index || await NewestAsync(db, cancellationToken) is not { } newest || index >= newest.Size)
            return new EntryIsNotSealed();
        var nodes = await HashesAsync(db, MerkleInclusion.NodesFor(index, newest.Size), cancellationToken);
        var hashes = MerkleInclusion.Prove(index, newest.Size, node => nodes[node]);
        return Finish(AuditProof.Inclusion, newest, null, index, Encoding.UTF8.GetString(entry.Leaf), hashes);
    }

    /// <summary>The same for some entries under one checkpoint, for whoever is given them; those that are not sealed yet are left out.</summary>
    internal async Task<Result<AuditProof[]>> OfEntriesAsync(PortalDbContext db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (await NewestAsync(db, cancellationToken) is not { } newest)
            return Array.Empty<AuditProof>();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id) && e.LeafIndex != null && e.LeafIndex < newest.Size).OrderBy(e => e.LeafIndex).Select(e => new { Index = e.LeafIndex!.Value, e.Leaf }).ToListAsync(cancellationToken);
        // Neighbours share most of their way to the root.
        var nodes = await HashesAsync(db, [.. entries.SelectMany(e => MerkleInclusion.NodesFor(e.Index, newest.Size)).Distinct()], cancellationToken);
        var proofs = new List<AuditProof>();
        foreach (var entry in entries)
        {
            if (!Finish(AuditProof.Inclusion, newest, null, entry.Index, Encoding.UTF8.GetString(entry.Leaf), MerkleInclusion.Prove(entry.Index, newest.Size, node => nodes[node])).TryGet(out var proof, out var failure))
                return failure;
            proofs.Add(proof);
        }

        return proofs.ToArray();
    }

    /// <summary>That the log of the newest checkpoint begins with the log of an earlier one.</summary>
    /// <param name="size">Entries under the earlier checkpoint.</param>
    public async Task<Result<AuditProof>> SinceAsync(Actor actor, long size, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var earlier = await db.AuditCheckpoints.AsNoTracking().FirstOrDefaultAsync(c => c.Size == size, cancellationToken);
        if (earlier is null || await NewestAsync(db, cancellationToken) is not { } newest)
            return new NoSuchCheckpoint(size);
        var nodes = await HashesAsync(db, MerkleConsistency.NodesFor(size, newest.Size), cancellationToken);
        var hashes = MerkleConsistency.Prove(size, newest.Size, node => nodes[node]);
        return Finish(AuditProof.Consistency, newest, earlier, null, null, hashes);
    }

    /// <summary>The public key that checkpoints are signed with today.</summary>
    public VerifierKey CurrentKey(Actor actor)
    {
        actor.Require(Permissions.ViewAudit);
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        return signer.VerifierKey;
    }

    private static Task<AuditCheckpoint?> NewestAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);

    private static async Task<Dictionary<MerkleNode, MerkleHash>> HashesAsync(PortalDbContext db, IReadOnlyList<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<MerkleNode, MerkleHash>();
        foreach (var node in nodes)
            hashes[node] = await HashAsync(db, node, cancellationToken);
        return hashes;
    }

    private static async Task<MerkleHash> HashAsync(PortalDbContext db, MerkleNode wanted, CancellationToken cancellationToken)
    {
        var end = (wanted.Index + 1) << wanted.Level;
        var edge = await db.AuditCheckpoints.AsNoTracking().Where(c => c.Size < end).OrderByDescending(c => c.Size).Select(c => c.Frontier).FirstOrDefaultAsync(cancellationToken);
        var frontier = edge is null ? new MerkleFrontier() : MerkleFrontier.FromBytes(edge);
        var from = frontier.Size;
        MerkleHash found = default;
        foreach (var leaf in await db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex >= from && e.LeafIndex < end).OrderBy(e => e.LeafIndex).Select(e => e.LeafHash!).ToListAsync(cancellationToken))
        {
            frontier.Append(MerkleHash.FromBytes(leaf), (node, hash) =>
            {
                if (node == wanted)
                    found = hash;
            });
        }

        return found;
    }

    /// <summary>Never hands out a proof that does not hold.</summary>
    private Result<AuditProof> Finish(string kind, AuditCheckpoint newest, AuditCheckpoint? earlier, long? index, string? leaf, IReadOnlyList<MerkleHash> hashes)
    {
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        if (!ReSigned(newest, signer).TryGet(out var checkpoint, out var failure))
            return failure;
        string? smaller = null;
        if (earlier is not null && !ReSigned(earlier, signer).TryGet(out smaller, out failure))
            return failure;
        var proof = new AuditProof(kind, signer.VerifierKey.ToString(), checkpoint, smaller, index, leaf, [.. hashes.Select(hash => hash.ToBase64())]);
        return proof.Verify(signer.VerifierKey).Valid ? proof : new ProofDoesNotHold();
    }

    /// <summary>As it was signed; anew when that was with a key that was given up since, so that today's key is enough to check it.</summary>
    private Result<string> ReSigned(AuditCheckpoint checkpoint, CheckpointSigner signer)
    {
        if (!SignedNote.Parse(checkpoint.Note).TryGet(out var note, out var failure) || !CheckpointVerifier.Verify(note, [signer.VerifierKey, .. ring.FormerLogKeys]).TryGet(out var signed, out failure))
            return failure;
        return CheckpointVerifier.Verify(note, signer.VerifierKey).IsSuccess ? checkpoint.Note : signer.Sign(signed).ToString();
    }
}

public sealed record EntryIsNotSealed()
    : Failure("The entry is not sealed yet, so nothing signed covers it. Entries are sealed within seconds of being written; try again.");

public sealed record NoSuchCheckpoint(long Size)
    : Failure($"No checkpoint of this log is signed over {Size} entries. Look up the size in the checkpoint's second line; if it stands there, the log was put back or written anew since, and a verification will say so.");

public sealed record ProofDoesNotHold()
    : Failure("The log does not lead to its own signed root, so there is no proof to give. Verify the log: it says what was changed.");
