using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>
/// Lays what the provider last said beside what is recorded here, number by number, and keeps where the two differ, so that
/// a page of differences is one question of one index however many people there are.
/// </summary>
public sealed partial class CompareWithProvider(PortalDatabase database, Leases leases, TimeProvider clock, ILogger<CompareWithProvider> logger) : BackgroundService
{
    public const int BatchSize = 500;

    private const string LeaseName = "provider-comparison";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    /// <summary>Compares everything now.</summary>
    /// <returns>False while another process compares.</returns>
    public async Task<bool> CompareAllAsync(CancellationToken cancellationToken)
    {
        long? last = 0;
        while (last is { } after)
        {
            if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
                return false;
            last = await CompareSomeAsync(after, cancellationToken);
        }

        var now = clock.GetUtcNow();
        await database.WriteAsJobAsync(db => ProviderComparisonTime.WriteAsync(db, now, cancellationToken), cancellationToken);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await CompareAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // The page goes on showing what was found last, with its time.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    /// <returns>The last one that was looked at; null at the end.</returns>
    private async Task<long?> CompareSomeAsync(long after, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var read = database.Open();
        var verdicts = await read.ProviderVerdicts.AsNoTracking().Where(v => v.Id > after).OrderBy(v => v.Id).Take(BatchSize).ToListAsync(cancellationToken);
        var comparison = await ProviderComparison.ReadAsync(read, verdicts, now, cancellationToken);
        var changed = verdicts.Where(v => comparison.Between(v) != v.Difference).Select(v => v.Id).ToList();
        if (changed.Count > 0)
            await database.WriteAsJobAsync(db => MarkAsync(db, changed, now, cancellationToken), cancellationToken);
        return verdicts.Count == BatchSize ? verdicts[^1].Id : null;
    }

    /// <summary>Compared once more: between the reading and this, either side may have changed.</summary>
    private static async Task MarkAsync(PortalDbContext db, List<long> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var verdicts = await db.ProviderVerdicts.Where(v => ids.Contains(v.Id)).ToListAsync(cancellationToken);
        var comparison = await ProviderComparison.ReadAsync(db, verdicts, now, cancellationToken);
        foreach (var verdict in verdicts)
        {
            var difference = comparison.Between(verdict);
            if (difference == verdict.Difference)
                continue;
            verdict.Settle();
            (verdict.Difference, verdict.DiffersSince) = (difference, difference == ProviderDifference.None ? null : now);
        }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Comparing with the provider failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}

/// <summary>When everything was last compared.</summary>
internal static class ProviderComparisonTime
{
    public static async Task<DateTimeOffset?> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.ProviderComparison).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize<DateTimeOffset>(json);
    }

    public static async Task WriteAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(now);
        if (await db.PortalSettings.FindAsync([PortalSetting.ProviderComparison], cancellationToken) is { } known)
            known.Json = json;
        else
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.ProviderComparison, Json = json });
    }
}
