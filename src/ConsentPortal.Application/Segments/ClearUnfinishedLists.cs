using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Segments;

/// <summary>Takes away lists whose process has died before all of their people were written: half a list would be taken for a whole one.</summary>
public sealed partial class ClearUnfinishedLists(PortalDatabase database, TimeProvider clock, ILogger<ClearUnfinishedLists> logger) : BackgroundService
{
    private const string Why = "The process that wrote it has ended without a word.";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly Actor Cleaner = Actor.Job("unfinished-lists");

    /// <summary>Takes away those that nobody writes any more; tests call it directly.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ClearAsync(CancellationToken cancellationToken)
    {
        var cleared = 0;
        foreach (var id in await UnfinishedAsync(cancellationToken))
            cleared += await IsWrittenAsync(id, cancellationToken) ? 0 : await UnfinishedList.TakeAwayAsync(database, Cleaner, id, Why, clock.GetUtcNow(), cancellationToken) ? 1 : 0;
        return cleared;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await ClearAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // Nobody sees such a list; it only holds its name a little longer.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task<List<SegmentId>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Segments.AsNoTracking().Where(s => s.CurrentVersion == 0).OrderBy(s => s.CreatedAt).Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> IsWrittenAsync(SegmentId id, CancellationToken cancellationToken)
    {
        var (now, lease) = (clock.GetUtcNow(), UnfinishedList.LeaseOf(id));
        await using var db = database.Open();
        if (await db.Leases.AnyAsync(l => l.Name == lease && l.Until >= now, cancellationToken))
            return true;
        await db.Leases.Where(l => l.Name == lease).ExecuteDeleteAsync(cancellationToken);
        return false;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Taking away lists whose process has died failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
