using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Reads long texts whose rest does not come: carriers lose parts, and a STOP in the first one must not wait for ever.
/// What comes later is a text of its own.
/// </summary>
public sealed partial class ReadUnfinishedTexts(
    PortalDatabase database, LongTexts longTexts, IOptions<InboundOptions> options, TimeProvider clock, ILogger<ReadUnfinishedTexts> logger) : BackgroundService
{
    private const int MostAtOnce = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly Actor Reader = Actor.Job("long-texts");

    /// <summary>Reads what has waited long enough; tests call it directly.</summary>
    /// <returns>How many texts were read.</returns>
    public async Task<int> ReadDueAsync(CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() - options.Value.LongTextWait;
        List<(SubscriberId Sender, string To, string Reference)> due;
        await using (var db = database.Open())
        {
            var rows = await db.ReceivedParts.AsNoTracking().Where(p => p.ReadAt == null && p.ReceivedAt <= until)
                .Select(p => new { p.SubscriberId, p.To, p.Reference }).Distinct()
                .OrderBy(p => p.SubscriberId).ThenBy(p => p.To).ThenBy(p => p.Reference).Take(MostAtOnce).ToListAsync(cancellationToken);
            due = [.. rows.Select(r => (r.SubscriberId, r.To, r.Reference))];
        }

        var read = 0;
        foreach (var (sender, to, reference) in due)
        {
            try
            {
                await database.WriteAsync(db => ReadAsync(db, sender, to, reference, cancellationToken), cancellationToken);
                read++;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // One text that can't be read must not hold up the others; its parts are kept, and are tried at the next turn.
                LogFailed(logger, problem);
            }
        }

        return read;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await ReadDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // The parts are kept, and are read at the next turn.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task ReadAsync(PortalDbContext db, SubscriberId senderId, string to, string reference, CancellationToken cancellationToken)
    {
        // Its last part may have come, or another process may have read it, since it was found.
        var parts = await db.ReceivedParts.Where(p => p.SubscriberId == senderId && p.To == to && p.Reference == reference && p.ReadAt == null).ToListAsync(cancellationToken);
        if (parts.Count == 0)
            return;
        var sender = await db.Subscribers.FirstAsync(s => s.Id == senderId, cancellationToken);
        await longTexts.ReadAsync(db, Reader, parts, sender, clock.GetUtcNow(), cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading long texts whose rest has not come failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
