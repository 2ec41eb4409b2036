using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Lets an approved campaign go: at once, or at the start that was approved.</summary>
public sealed class LaunchCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                if (campaign.NotAfter is { } end && end <= now)
                    return new CampaignNotReady("The last moment for sending has passed. Nothing was sent; choose a later one and have it approved again.");
                if (purpose.RetiredAt is not null)
                    return new CampaignNotReady("The purpose of this campaign was retired. Nothing was sent.");
                var hash = await CampaignReach.HashAsync(db, campaign, purpose, cancellationToken);
                if (campaign.Repeats is not null)
                    return BeginRepeating(db, actor, campaign, hash, now);
                var isLater = campaign.StartAt > now + CampaignPlanner.Horizon;
                var result = isLater ? campaign.Schedule(hash) : campaign.Start(hash, now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, isLater ? "campaign.scheduled" : "campaign.launched",
                        after: new Dictionary<string, object?> { ["contentHash"] = hash, ["startAt"] = campaign.StartAt });
                return result;
            },
            cancellationToken);
    }

    private static Result<Done> BeginRepeating(PortalDbContext db, Actor actor, Campaign campaign, string hash, DateTimeOffset now)
    {
        var result = campaign.BeginRepeating(hash, now - CampaignPlanner.Horizon, now);
        if (result.IsSuccess)
            db.AuditCampaign(actor, now, campaign, "campaign.repeats", after: new Dictionary<string, object?>
            {
                ["contentHash"] = hash, ["repeats"] = CampaignWording.OfRepeats(campaign.Repeats, campaign.StartAt), ["nextRunAt"] = campaign.NextRunAt,
            });
        return result;
    }
}
