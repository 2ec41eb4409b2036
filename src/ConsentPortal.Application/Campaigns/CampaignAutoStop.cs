using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Pauses a campaign whose readers opt out, or whose texts fail, more than its approved limits allow. A person lets it go
/// on, and from then on the limits count afresh. It looks on its own rhythm: planning a large campaign takes minutes in which
/// another one must not go on past its limits.
/// </summary>
public sealed partial class CampaignAutoStop(PortalDatabase database, Leases leases, TimeProvider clock, ILogger<CampaignAutoStop> logger) : BackgroundService
{
    private const string LeaseName = "campaign-limits";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);
    private static readonly Actor Guard = Actor.Job("campaign-limits");

    /// <summary>Looks once at every campaign that has limits; tests call it directly.</summary>
    public async Task CheckOnceAsync(CancellationToken cancellationToken)
    {
        if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return;
        List<Campaign> running;
        await using (var db = database.Open())
            running = await db.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Sending && (c.OptOutLimit != null || c.FailureLimit != null))
                .OrderBy(c => c.StartAt).ToListAsync(cancellationToken);
        var campaigns = running.ToDictionary(c => c.Id);
        await EachCampaign.DoAsync(running.Select(c => c.Id), id => CheckAsync(campaigns[id], cancellationToken), logger, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                try
                {
                    await CheckOnceAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    LogFailed(logger, problem);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task CheckAsync(Campaign seen, CancellationToken cancellationToken)
    {
        CampaignCounts counts;
        await using (var db = database.Open())
            counts = await CampaignOutcomes.CountAsync(db, seen.Id, seen.PurposeId, seen.CountedFrom, cancellationToken);
        if (seen.Limits.BrokenBy(counts) is not { } sentence)
            return;
        var now = clock.GetUtcNow();
        await CampaignChange.ApplyAsync(
            database, seen.Id, now,
            (db, campaign, _) =>
            {
                if (campaign.Version != seen.Version)
                    return Task.FromResult<Domain.Result<Domain.Done>>(new CampaignNotReady("Somebody has changed the campaign meanwhile."));
                var paused = campaign.Pause(sentence);
                if (paused.IsSuccess)
                    db.AuditCampaign(Guard, now, campaign, "campaign.pausedByLimit", sentence, after: new Dictionary<string, object?>
                    {
                        ["sent"] = counts.Sent, ["optOuts"] = counts.OptOuts, ["settled"] = counts.Settled, ["failed"] = counts.Failed,
                        ["limits"] = CampaignWording.OfLimits(campaign.Limits),
                    });
                return Task.FromResult(paused);
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at the limits of campaigns failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
