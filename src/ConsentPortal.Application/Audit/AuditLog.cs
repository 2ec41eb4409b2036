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
public sealed class AuditLog(PortalDatabase database, KeyRing ring, CheckpointWitness witness, TimeProvider clock)
{
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
        // Signed with a key that was given up since: whoever knows only today's key must be able to check the bundle.
        if (CheckpointVerifier.Verify(note, ring.FormerLogKeys).TryGet(out var earlier, out _))
            note = signer.Sign(earlier);
        if (AuditBundleWriter.Obstacle(folder) is { } obstacle)
            return obstacle;
        // First the entry: an export that breaks off has shown as much as it had written.
        await database.WriteAsync(
            write =>
            {
                write.Audit(actor, clock.GetUtcNow(), new AuditFact("audit.exported", "audit", newest.Size.ToString(CultureInfo.InvariantCulture)));
                return Task.CompletedTask;
            },
            cancellationToken);
        return await AuditBundleWriter.WriteAsync(folder, LeavesAsync(db, newest.Size, cancellationToken), note, signer.VerifierKey, cancellationToken);
    }

    /// <summary>
    /// Recomputes every leaf and compares each signed root on the way: an edited, swapped, inserted, missing or cut-off
    /// entry is named, and so is a database that was put back to an older state than a checkpoint tells of, and a text of the send ledger that stands
    /// otherwise than the log last says.
    /// </summary>
    public Task<BundleVerification> VerifyAsync(Actor actor, CancellationToken cancellationToken) => VerifyAsync(actor, [], cancellationToken);

    /// <param name="copies">Checkpoints that somebody kept elsewhere, each with its place and its text.</param>
    /// <inheritdoc cref="VerifyAsync(Actor, CancellationToken)"/>
    public async Task<BundleVerification> VerifyAsync(Actor actor, IReadOnlyList<(string Place, string Text)> copies, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        VerifierKey[] trusted = [signer.VerifierKey, .. ring.FormerLogKeys];
        List<KeptCheckpoint> kept = [.. copies.Select(copy => KeptCheckpoint.Of(copy.Place, copy.Text, trusted))];
        if (await witness.ReadAsync(trusted, cancellationToken) is { } own)
            kept.Add(own);
        return await new AuditLogVerifier(database, trusted, kept).VerifyAsync(cancellationToken);
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
