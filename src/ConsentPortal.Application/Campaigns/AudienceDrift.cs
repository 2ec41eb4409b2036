using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Compares the audience with that of the dry run before the first text of a campaign is planned. Where they are too far apart it goes back to its author:
/// nobody approved a text to so many people, or to so few. Runs of a series are compared when they are made.
/// </summary>
internal sealed class AudienceDrift(PortalDatabase database, TimeProvider clock)
{
    private static readonly Actor Planner = Actor.Job("campaign-planner");

    /// <returns>False when the campaign went back, or is not the one that was looked at any more.</returns>
    public async Task<bool> MayBePlannedAsync(CampaignId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Campaign seen;
        int agreed, audience;
        // Counted outside the transaction, which should not wait for a look at a million people.
        await using (var db = database.Open())
        {
            seen = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == id, cancellationToken);
            if (seen.SeriesId is not null || seen.DryRunId is null || await db.OutboundMessages.AnyAsync(m => m.CampaignId == id, cancellationToken))
                return true;
            agreed = await db.DryRuns.Where(d => d.Id == seen.DryRunId).Select(d => d.Audience).SingleAsync(cancellationToken);
            var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == seen.PurposeId, cancellationToken);
            audience = await (await CampaignAudience.ReadAsync(db, seen, purpose, cancellationToken)).People(db, default, now).CountAsync(cancellationToken);
        }

        if (!Recurrence.IsDrift(agreed, audience, seen.DriftPercent))
            return true;
        await SendBackAsync(seen, agreed, audience, now, cancellationToken);
        return false;
    }

    private Task<Result<Done>> SendBackAsync(Campaign seen, int agreed, int audience, DateTimeOffset now, CancellationToken cancellationToken) => CampaignChange.ApplyAsync(
        database, seen.Id, now,
        (db, campaign, _) =>
        {
            if (campaign.Version != seen.Version)
                return Task.FromResult<Result<Done>>(new CampaignNotReady("Somebody has changed the campaign meanwhile."));
            var reason = string.Create(CultureInfo.InvariantCulture,
                $"Nothing was sent: the audience has {audience:N0} people, and the dry run that was approved had {agreed:N0}, more than {campaign.DriftPercent} % apart. Make a new dry run and send it to review again.");
            campaign.SendBack(reason);
            db.AuditCampaign(Planner, now, campaign, "campaign.audienceDrifted", reason, after: new Dictionary<string, object?> { ["audience"] = audience, ["agreed"] = agreed });
            return Task.FromResult<Result<Done>>(Done.Value);
        },
        cancellationToken);
}
