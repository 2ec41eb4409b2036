using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Makes the run of a repeating campaign when its time comes, from what was approved and for whoever is in the audience now. A
/// run is made with its number in the same commit that moves the campaign on, so that no process makes it twice. Part of the
/// planner, under its lease.
/// </summary>
internal sealed class RecurringRuns(PortalDatabase database, TimeProvider clock, ILogger logger)
{
    /// <summary>A run that could not be made for longer than this is left out: a morning's text is not wanted in the evening.</summary>
    public static readonly TimeSpan LatestStart = TimeSpan.FromHours(2);

    private static readonly Actor Planner = Actor.Job("campaign-planner");

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + CampaignPlanner.Horizon;
        List<Campaign> due;
        await using (var db = database.Open())
            due = await db.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Repeating && c.NextRunAt <= until).OrderBy(c => c.NextRunAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        var series = due.ToDictionary(c => c.Id);
        await EachCampaign.DoAsync(due.Select(c => c.Id), id => MakeAsync(series[id], cancellationToken), logger, cancellationToken);
    }

    private async Task MakeAsync(Campaign seen, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Counted outside the transaction, which should not wait for a look at a million people.
        int audience;
        await using (var db = database.Open())
            audience = await (await CampaignAudience.ReadAsync(db, seen, await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == seen.PurposeId, cancellationToken), cancellationToken)).People(db, default, now).CountAsync(cancellationToken);
        await CampaignChange.ApplyAsync(
            database, seen.Id, now,
            async (db, series, purpose) =>
            {
                if (series.Version != seen.Version)
                    return new CampaignNotReady("Somebody has changed the campaign meanwhile.");
                var reached = await CampaignReach.ReadAsync(db, series, cancellationToken);
                if (CampaignContent.HashOf(series, purpose, reached) != series.ApprovedHash)
                    return GoBack(db, series, now);
                if (series.NextRunAt < now - LatestStart)
                    return Miss(db, series, now);
                if (await ObstacleAsync(db, series, purpose, cancellationToken) is { } obstacle)
                    return Pause(db, series, obstacle, now);
                return await DriftAsync(db, series, audience, cancellationToken) is { } drift ? Hold(db, series, drift, audience, now) : Make(db, series, series.MakeRun(purpose, reached, now), audience, now);
            },
            cancellationToken);
    }

    /// <returns>What has to be put right before any run goes; null when there is nothing.</returns>
    private static async Task<string?> ObstacleAsync(PortalDbContext db, Campaign series, Purpose purpose, CancellationToken cancellationToken)
    {
        if (purpose.RetiredAt is not null)
            return "The purpose of this campaign was retired, so its next run was not made.";
        var paused = await db.Campaigns.Where(c => c.SeriesId == series.Id && c.Status == CampaignStatus.Paused).OrderBy(c => c.RunNumber).Select(c => c.RunNumber).FirstOrDefaultAsync(cancellationToken);
        return paused is null ? null : string.Create(CultureInfo.InvariantCulture, $"Run {paused} is paused, so the next one was not made. Look at that one first.");
    }

    /// <returns>How the audience differs from the agreed one; null while it does not by much.</returns>
    private static async Task<string?> DriftAsync(PortalDbContext db, Campaign series, int audience, CancellationToken cancellationToken)
    {
        var agreed = series.AgreedAudience ?? await db.DryRuns.Where(d => d.Id == series.DryRunId).Select(d => d.Audience).SingleAsync(cancellationToken);
        return Recurrence.IsDrift(agreed, audience, series.DriftPercent)
            ? string.Create(CultureInfo.InvariantCulture, $"The audience has {audience:N0} people, and {agreed:N0} were agreed to: more than {series.DriftPercent} % apart. The next run waits for a second person.")
            : null;
    }

    private static Result<Done> Make(PortalDbContext db, Campaign series, Campaign run, int audience, DateTimeOffset now)
    {
        run.Touch(now);
        db.Campaigns.Add(run);
        db.AuditCampaign(Planner, now, run, "campaign.launched", after: new Dictionary<string, object?>
        {
            ["series"] = series.Id.ToString(), ["run"] = run.RunNumber, ["contentHash"] = series.ApprovedHash, ["startAt"] = run.StartAt, ["audience"] = audience,
        });
        db.AuditCampaign(Planner, now, series, "campaign.runMade", after: new Dictionary<string, object?>
        {
            ["campaign"] = run.Id.ToString(), ["run"] = run.RunNumber, ["nextRunAt"] = series.NextRunAt,
        });
        return Done.Value;
    }

    private static Result<Done> Pause(PortalDbContext db, Campaign series, string reason, DateTimeOffset now)
    {
        var paused = series.Pause(reason);
        db.AuditCampaign(Planner, now, series, "campaign.paused", reason);
        return paused;
    }

    private static Result<Done> Hold(PortalDbContext db, Campaign series, string reason, int audience, DateTimeOffset now)
    {
        series.Hold(reason, audience);
        db.AuditCampaign(Planner, now, series, "campaign.runHeld", reason, after: new Dictionary<string, object?> { ["audience"] = audience, ["runAt"] = series.NextRunAt });
        return Done.Value;
    }

    private static Result<Done> Miss(PortalDbContext db, Campaign series, DateTimeOffset now)
    {
        var missed = series.NextRunAt;
        series.SkipRuns(now - LatestStart, now);
        db.AuditCampaign(Planner, now, series, "campaign.runMissed", "The portal was not at work when its time came.",
            after: new Dictionary<string, object?> { ["runAt"] = missed, ["nextRunAt"] = series.NextRunAt });
        return Done.Value;
    }

    /// <summary>The purpose was changed under an approved campaign, or a segment that the audience reaches. It goes back to its author.</summary>
    private static Result<Done> GoBack(PortalDbContext db, Campaign series, DateTimeOffset now)
    {
        const string Reason = "The purpose, or a segment that the audience reaches through another one, was changed since the approval, so no further run was made. Look at it and send it to review again.";
        series.VoidApproval(Reason);
        db.AuditCampaign(Planner, now, series, "campaign.approvalVoided", Reason);
        return Done.Value;
    }
}
