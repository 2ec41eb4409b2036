using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Ends imports whose process has died: what they committed stays and counts as that of an import that was stopped, so that
/// it can be completed or taken back.
/// </summary>
public sealed partial class EndOrphanedImports(PortalDatabase database, TimeProvider clock, ILogger<EndOrphanedImports> logger) : BackgroundService
{
    private const string Why = "The process that ran it has ended without a word.";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly Actor Ender = Actor.Job("import-orphans");

    /// <summary>The lease of an import that runs.</summary>
    internal static string LeaseOf(ImportBatchId id) => $"import/{id}";

    /// <summary>Ends those that nobody runs any more; tests call it directly.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var id in await RunningAsync(cancellationToken))
            ended += await database.WriteAsJobAsync(db => EndAsync(db, id, cancellationToken), cancellationToken) ? 1 : 0;
        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await EndAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // Only the word for its state is late.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task<List<ImportBatchId>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.ImportBatches.AsNoTracking().Where(b => b.State == ImportState.Running).OrderBy(b => b.StartedAt).Select(b => b.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> EndAsync(PortalDbContext db, ImportBatchId id, CancellationToken cancellationToken)
    {
        var (now, lease) = (clock.GetUtcNow(), LeaseOf(id));
        var batch = await db.ImportBatches.SingleAsync(b => b.Id == id, cancellationToken);
        if (batch.State != ImportState.Running || await db.Leases.AnyAsync(l => l.Name == lease && l.Until >= now, cancellationToken))
            return false;
        batch.State = ImportState.Stopped;
        await db.Leases.Where(l => l.Name == lease).ExecuteDeleteAsync(cancellationToken);
        db.Audit(Ender, now, new AuditFact("import.stopped", "import", id.ToString(), Reason: Why, After: new Dictionary<string, object?>
        {
            ["total"] = batch.Total, ["new"] = batch.New, ["update"] = batch.Update, ["unchanged"] = batch.Unchanged, ["duplicate"] = batch.Duplicate,
            ["invalid"] = batch.Invalid, ["refused"] = batch.Refused, ["needsDoubleOptIn"] = batch.NeedsDoubleOptIn, ["withoutProof"] = batch.WithoutProof,
        }));
        return true;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Ending imports whose process has died failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
