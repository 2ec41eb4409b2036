using System.Collections.Concurrent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Takes one receipt; when it returns, the receipt is committed. Receipts that wait at the same time share a commit, because
/// a commit costs the disk far more than a receipt does: whoever comes first writes for all who wait.
/// </summary>
public sealed class ReceiveDeliveryReceipt(PortalDatabase database, SendingGate gate, TimeProvider clock) : IDisposable
{
    private const int LargestBatch = 200;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _pen = new(1);

    /// <summary>The same receipt twice is a success without change. One whose text is unknown is kept and matched later.</summary>
    public async Task ExecuteAsync(Actor actor, DeliveryReceipt receipt, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var mine = new Waiting(actor, receipt);
        _waiting.Enqueue(mine);
        await _pen.WaitAsync(cancellationToken);
        try
        {
            while (!mine.Done.Task.IsCompleted)
                await WriteBatchAsync();
        }
        finally
        {
            _pen.Release();
        }

        await mine.Done.Task;
    }

    public void Dispose() => _pen.Dispose();

    private async Task WriteBatchAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < LargestBatch && _waiting.TryDequeue(out var next))
            batch.Add(next);
        try
        {
            await CommitAsync(batch);
            batch.ForEach(waiting => waiting.Done.TrySetResult());
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One receipt must not take the others down with it.
            foreach (var waiting in batch)
                await WriteAloneAsync(waiting);
        }
        catch (Exception problem)
        {
            batch.ForEach(waiting => waiting.Done.TrySetException(problem));
        }
    }

    private async Task WriteAloneAsync(Waiting waiting)
    {
        try
        {
            await CommitAsync([waiting]);
            waiting.Done.TrySetResult();
        }
        catch (Exception problem)
        {
            waiting.Done.TrySetException(problem);
        }
    }

    /// <summary>Not cancelled by the caller who happens to write: others wait for the same commit.</summary>
    private async Task CommitAsync(IReadOnlyList<Waiting> batch)
    {
        var now = clock.GetUtcNow();
        try
        {
            await database.WriteAsJobAsync(
                db => ReceiptLedger.TakeAsync(db, gate, batch[0].Actor, [.. batch.Select(waiting => waiting.Receipt)], now, CancellationToken.None), CancellationToken.None);
        }
        catch (DbUpdateException problem) when (batch.Count == 1)
        {
            // Another machine may have received the same receipt in the same moment.
            if (!await IsKnownAsync(problem, batch[0].Receipt))
                throw;
        }
    }

    private async Task<bool> IsKnownAsync(DbUpdateException problem, DeliveryReceipt receipt)
    {
        await using var db = database.Open();
        var key = ReceiptLedger.KeyOf(receipt);
        return db.IsUniqueViolation(problem) && await db.ReceivedReceipts.AnyAsync(r => r.DedupeKey == key);
    }

    private sealed record Waiting(Actor Actor, DeliveryReceipt Receipt)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

public static class ReceiptRegistration
{
    public static IServiceCollection AddReceipts(this IServiceCollection services) => services
        .AddSingleton<ReceiveDeliveryReceipt>()
        .AddSingleton<MatchParkedReceipts>();
}
