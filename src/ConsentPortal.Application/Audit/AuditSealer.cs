using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Gives new entries their place in the Merkle tree and signs the new root, within seconds of their writing. One process
/// at a time holds the lease; a second one waits and takes over when the first falls silent.
/// </summary>
public sealed partial class AuditSealer(
    PortalDatabase database, Leases leases, KeyRing ring, CheckpointWitness witness, TimeProvider clock, ILogger<AuditSealer> logger) : BackgroundService
{
    /// <summary>Held by the one process that seals; while it lasts, a portal runs.</summary>
    public const string LeaseName = "audit-sealer";

    private const int BatchSize = 5_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>Seals one batch; tests call it directly.</summary>
    /// <returns>How many entries were sealed.</returns>
    public async Task<int> SealOnceAsync(CancellationToken cancellationToken)
    {
        await using (var look = database.Open())
        {
            if (!await look.AuditEntries.AnyAsync(e => e.LeafIndex == null, cancellationToken))
                return 0;
        }

        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        return await database.WriteAsJobAsync(db => SealAsync(db, signer, cancellationToken), cancellationToken);
    }

    /// <summary>Seals what waits, unless another process holds the lease and does it.</summary>
    public async Task SealAllAsync(CancellationToken cancellationToken)
    {
        if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return;
        while (await SealOnceAsync(cancellationToken) == BatchSize)
        {
        }

        try
        {
            await witness.PublishAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or HttpRequestException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Sealing goes on; the next round hands on what is newest then.
            LogNotPublished(logger, problem);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await SealAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // Unsealed entries wait; nothing is lost.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<int> SealAsync(PortalDbContext db, CheckpointSigner signer, CancellationToken cancellationToken)
    {
        var last = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        var frontier = last is null ? new MerkleFrontier() : MerkleFrontier.FromBytes(last.Frontier);
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex == null).OrderBy(e => e.Id).Take(BatchSize)
            .Select(e => new { e.Id, e.Leaf }).ToListAsync(cancellationToken);
        if (entries.Count == 0)
            return 0;
        foreach (var entry in entries)
        {
            var hash = MerkleHash.OfLeaf(entry.Leaf);
            await db.UpdateRowAsync<AuditEntry>(
                [new(nameof(AuditEntry.LeafIndex), frontier.Size), new(nameof(AuditEntry.LeafHash), hash.ToBytes())], [new(nameof(AuditEntry.Id), entry.Id)], cancellationToken);
            frontier.Append(hash);
        }

        // The key is the size, so a second sealer that read the same end of the tree fails here and starts again.
        db.AuditCheckpoints.Add(new AuditCheckpoint
        {
            Size = frontier.Size, Root = frontier.Root.ToBytes(), Frontier = frontier.ToBytes(), At = clock.GetUtcNow(),
            Note = signer.Sign(new Checkpoint(ring.LogName, frontier.Size, frontier.Root)).ToString(),
        });
        return entries.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The newest checkpoint could not be kept outside the database and will be tried again")]
    private static partial void LogNotPublished(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sealing the audit log failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
