using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// A text that may say stop and that nobody has read by the end of the next business day says stop: the doubt is the
/// sender's and not the person's (US-13).
/// </summary>
public sealed partial class TakeUnreviewedAsOptOut(PortalDatabase database, DecideInbound decide, TimeProvider clock, ILogger<TakeUnreviewedAsOptOut> logger) : BackgroundService
{
    private const string Reason = "Nobody had read the person's text by the end of the next business day, and it may say stop.";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly Actor Reviewer = Actor.Job("inbox-review");

    /// <summary>Decides on what is overdue; tests call it directly.</summary>
    /// <returns>How many texts were taken as an opt-out.</returns>
    public async Task<int> TakeOverdueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var taken = 0;
        foreach (var id in await OverdueAsync(now, cancellationToken))
        {
            try
            {
                // Somebody may be deciding at this very moment: then their decision stands.
                var decided = await database.WriteAsync(db => decide.DecideAsync(db, Reviewer, id, InboundOutcome.TakeAsOptOut, Reason, now, cancellationToken), cancellationToken);
                taken += decided.IsSuccess ? 1 : 0;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // One text must not hold up the others.
                LogFailed(logger, problem);
            }
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await TakeOverdueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // Marketing to these people stands still meanwhile.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task<IReadOnlyList<long>> OverdueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var waiting = await db.InboundMessages.AsNoTracking().Where(m => m.Review == ReviewState.Waiting && m.ReceivedAt < now.AddDays(-1))
            .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => new { m.Id, m.ReceivedAt }).ToListAsync(cancellationToken);
        return [.. waiting.Where(m => ReviewDeadline.For(m.ReceivedAt) <= now).Select(m => m.Id)];
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Taking unread texts as opt-outs failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
