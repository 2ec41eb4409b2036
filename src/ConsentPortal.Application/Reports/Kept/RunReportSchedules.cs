using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>
/// Makes and keeps the reports whose turn has come, in one process of the cluster. A portal that slept through several turns of
/// a schedule makes the last of them, once.
/// </summary>
public sealed partial class RunReportSchedules : BackgroundService
{
    internal const string Ran = "report.scheduleRan";

    private const string LeaseName = "reports";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(30);

    /// <summary>Until a turn that broke off is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    private readonly PortalDatabase _database;
    private readonly KeepReport _keep;
    private readonly Leases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger<RunReportSchedules> _logger;

    internal RunReportSchedules(PortalDatabase database, KeepReport keep, Leases leases, TimeProvider clock, ILogger<RunReportSchedules> logger) =>
        (_database, _keep, _leases, _clock, _logger) = (database, keep, leases, clock, logger);

    /// <summary>Makes what is due, unless another process does; tests call it directly.</summary>
    /// <returns>How many reports were kept.</returns>
    internal async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var kept = 0;
        foreach (var schedule in await DueAsync(cancellationToken))
        {
            if (!await _leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
                break;
            kept += await TryAsync(schedule, cancellationToken) ? 1 : 0;
        }

        return kept;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunDueAsync(stoppingToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            LogNotAsked(_logger, problem);
        }
    }

    private async Task<IReadOnlyList<ReportSchedule>> DueAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var db = _database.Open();
        return await db.ReportSchedules.AsNoTracking().Where(s => s.NextAt != null && s.NextAt <= now && (s.RetryAt == null || s.RetryAt <= now)).OrderBy(s => s.NextAt).ToListAsync(cancellationToken);
    }

    private async Task<bool> TryAsync(ReportSchedule schedule, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(schedule, cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // One report must not hold up the others.
            LogFailed(_logger, schedule.Kind, problem);
            await _database.WriteAsJobAsync(db => PutOffAsync(db, schedule, _clock.GetUtcNow(), cancellationToken), cancellationToken);
            return false;
        }
    }

    private static async Task PutOffAsync(PortalDbContext db, ReportSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var retry = now + Pause;
        await db.ReportSchedules.Where(s => s.Id == schedule.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RetryAt, retry).SetProperty(x => x.LastProblem, "Making the report broke off; it is tried again. The portal's log says why."), cancellationToken);
        db.Audit(Job(schedule), now, new AuditFact("report.scheduleFailed", "reportSchedule", schedule.Id.ToString(), After: new Dictionary<string, object?> { ["retryAt"] = retry }));
    }

    private async Task<bool> RunAsync(ReportSchedule schedule, CancellationToken cancellationToken)
    {
        var turn = new ScheduledTurn(schedule.Id, LastTurn(schedule, _clock.GetUtcNow()));
        var outcome = await IsMadeAsync(turn, cancellationToken) is { } made ? made : await MakeAsync(schedule, turn, cancellationToken);
        var now = _clock.GetUtcNow();
        await _database.WriteAsJobAsync(
            async db =>
            {
                if (await db.ReportSchedules.FindAsync([schedule.Id], cancellationToken) is not { } row)
                    return;
                // Somebody may have ended it meanwhile.
                row.NextAt = row.EndedAt is null ? row.Times.NextAfter(now) : null;
                (row.LastAt, row.RetryAt, row.LastProblem) = (now, null, outcome.Failure?.Message);
                db.Audit(Job(schedule), now, new AuditFact(Ran, "reportSchedule", schedule.Id.ToString(), After: new Dictionary<string, object?>
                {
                    ["turn"] = turn.For, ["kept"] = outcome.IsSuccess ? outcome.Value.ToString() : null, ["problem"] = outcome.Failure?.GetType().Name,
                }));
            },
            cancellationToken);
        return outcome.IsSuccess;
    }

    private Task<Result<Guid>> MakeAsync(ReportSchedule schedule, ScheduledTurn turn, CancellationToken cancellationToken)
    {
        var (from, to) = schedule.Times.DaysBefore(turn.For);
        return _keep.KeepAsync(Job(schedule), new ReportWish(schedule.Kind, new ReportFilter(from, to, schedule.PurposeId, Zone: schedule.Zone)), schedule.Formats, turn, cancellationToken);
    }

    /// <summary>Kept before a crash, so that only the schedule does not know it.</summary>
    private async Task<Result<Guid>?> IsMadeAsync(ScheduledTurn turn, CancellationToken cancellationToken)
    {
        await using var db = _database.Open();
        var id = await db.KeptReports.AsNoTracking().Where(r => r.ScheduleId == turn.ScheduleId && r.ScheduledFor == turn.For && r.IsComplete).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken);
        return id is { } made ? made : null;
    }

    /// <summary>Of the turns that have come, the last.</summary>
    private static DateTimeOffset LastTurn(ReportSchedule schedule, DateTimeOffset now)
    {
        var turn = schedule.NextAt!.Value;
        while (schedule.Times.NextAfter(turn) is var next && next <= now)
            turn = next;
        return turn;
    }

    private static Actor Job(ReportSchedule schedule) => Actor.Job("report-schedules") with { Name = $"Schedule \"{schedule.Name}\"" };

    [LoggerMessage(Level = LogLevel.Error, Message = "A scheduled report of the kind {Kind} could not be made and will be tried again")]
    private static partial void LogFailed(ILogger logger, string kind, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scheduled reports could not be looked for and will be looked for again")]
    private static partial void LogNotAsked(ILogger logger, Exception problem);
}
