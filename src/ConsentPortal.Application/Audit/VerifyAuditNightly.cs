using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Audit;

/// <summary>Verifies the log each night at two (UTC), in one process of the cluster; a portal that slept through it verifies when it wakes.</summary>
public sealed partial class VerifyAuditNightly(VerifyAudit verify, AuditVerifications verifications, Leases leases, TimeProvider clock, ILogger<VerifyAuditNightly> logger) : BackgroundService
{
    private const string LeaseName = "audit-verifier";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(30);

    private static readonly Actor Night = Actor.Job("audit-verifier");

    /// <summary>Verifies unless that was done since the last two o'clock; tests call it directly.</summary>
    /// <returns>Null when it was not yet time, or another process is at it.</returns>
    public async Task<AuditVerification?> VerifyWhenDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Hour;
        var last = await verifications.LatestAsync(Night, cancellationToken);
        if (last is not null && last.At >= (now < due ? due.AddDays(-1) : due))
            return null;
        if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return null;
        var done = await verify.ExecuteAsync(Night, cancellationToken);
        if (!done.Found.Valid)
            LogNotValid(logger, done.Found.Problems[0].Text);
        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await VerifyWhenDueAsync(stoppingToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Nothing is lost by verifying five minutes later.
            LogFailed(logger, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit log is not as it was signed, or the send ledger not as the log says: {Problem}")]
    private static partial void LogNotValid(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Verifying the audit log failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
