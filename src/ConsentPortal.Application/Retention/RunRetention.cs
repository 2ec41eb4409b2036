using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Retention;

/// <summary>
/// Removes once a day what is past its time, in small transactions, each with its entry in the audit trail. Stopped half way,
/// it goes on the next time: what is gone no longer matches.
/// </summary>
public sealed partial class RunRetention : BackgroundService
{
    internal const string Removed = "retention.removed";
    internal const string Finished = "retention.finished";

    internal static readonly Actor Job = Actor.Job("retention");

    private const string LeaseName = "retention";

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Less than a day, so that a run does not come an hour later each day.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromHours(23);

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    private readonly PortalDatabase _database;
    private readonly DatabaseRemains _remains;
    private readonly Leases _leases;
    private readonly IReadOnlyList<RetentionSweep> _sweeps;
    private readonly TimeProvider _clock;
    private readonly ILogger<RunRetention> _logger;

    internal RunRetention(PortalDatabase database, DatabaseRemains remains, Leases leases, IEnumerable<RetentionSweep> sweeps, TimeProvider clock, ILogger<RunRetention> logger) =>
        (_database, _remains, _leases, _sweeps, _clock, _logger) = (database, remains, leases, [.. sweeps.OrderBy(s => s.Class)], clock, logger);

    /// <summary>Runs now, whenever the last run was.</summary>
    public async Task<Result<RetentionRun>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!await _leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return new RetentionIsRunning();
        return await RunAsync(actor, cancellationToken);
    }

    /// <summary>Runs unless another process does or the last run is not a day old; tests call it directly.</summary>
    /// <returns>Null where it did not run.</returns>
    internal async Task<RetentionRun?> RunDailyAsync(CancellationToken cancellationToken)
    {
        if (await IsDueAsync(cancellationToken) && await _leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return await RunAsync(Job, cancellationToken);
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        // Not at the start: a portal that was just opened has better things to do.
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                await RunDailyAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogFailed(_logger, problem);
            }
        }
    }

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await using var db = _database.Open();
        var last = await db.AuditEntries.AsNoTracking().Where(e => e.Action == Finished).OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellationToken);
        return last is null || _clock.GetUtcNow() - last >= Pause;
    }

    private async Task<RetentionRun> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        var started = _clock.GetUtcNow();
        var run = Guid.CreateVersion7(started);
        var counts = new Dictionary<RecordClass, long>();
        foreach (var sweep in _sweeps)
            counts[sweep.Class] = await SweepAsync(actor, run, sweep, cancellationToken);
        if (counts.Values.Sum() > 0)
            await _remains.OverwriteAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        await _database.WriteAsJobAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(Finished, "retention", run.ToString(), After: counts.ToDictionary(c => c.Key.ToString(), c => (object?)c.Value)));
                return Task.CompletedTask;
            },
            cancellationToken);
        return new RetentionRun(now, actor.Name, counts);
    }

    private async Task<long> SweepAsync(Actor actor, Guid run, RetentionSweep sweep, CancellationToken cancellationToken)
    {
        var (removed, step) = (0L, new SweepStep(0, 0, HasMore: true));
        while (step.HasMore && await _leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
        {
            var after = step.After;
            step = await _database.WriteAsJobAsync(db => StepAsync(db, actor, run, sweep, after, cancellationToken), cancellationToken);
            removed += step.Removed;
        }

        return removed;
    }

    private async Task<SweepStep> StepAsync(PortalDbContext db, Actor actor, Guid run, RetentionSweep sweep, long after, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var scope = await SweepScope.ReadAsync(db, now, cancellationToken);
        var step = await sweep.RemoveAsync(scope, after, cancellationToken);
        if (step.Removed > 0)
        {
            db.Audit(actor, now, new AuditFact(Removed, "retention", run.ToString(), After: new Dictionary<string, object?>
            {
                ["class"] = sweep.Class, ["rows"] = step.Removed, ["from before"] = scope.CutOff(sweep.Class), ["months"] = scope.Schedule.MonthsOf(sweep.Class),
            }));
        }

        return step;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Removing what is past its time failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}

/// <summary>What one run removed.</summary>
/// <param name="At">When it ended (UTC).</param>
public sealed record RetentionRun(DateTimeOffset At, string By, IReadOnlyDictionary<RecordClass, long> Counts)
{
    public long Total => Counts.Values.Sum();
}

public sealed record RetentionIsRunning()
    : Failure("A run is under way at this moment, perhaps in another process. Nothing was started; look at the last runs in some minutes.");
