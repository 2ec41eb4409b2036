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
            (db, campaign, purpose) =>
            {
                if (campaign.NotAfter is { } end && end <= now)
                    return Task.FromResult<Result<Done>>(new CampaignNotReady("The last moment for sending has passed. Nothing was sent; choose a later one and have it approved again."));
                if (purpose.RetiredAt is not null)
                    return Task.FromResult<Result<Done>>(new CampaignNotReady("The purpose of this campaign was retired. Nothing was sent."));
                var hash = CampaignContent.HashOf(campaign, purpose);
                if (campaign.Repeats is not null)
                    return Task.FromResult(BeginRepeating(db, actor, campaign, hash, now));
                var isLater = campaign.StartAt > now + CampaignPlanner.Horizon;
                var result = isLater ? campaign.Schedule(hash) : campaign.Start(hash, now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, isLater ? "campaign.scheduled" : "campaign.launched",
                        after: new Dictionary<string, object?> { ["contentHash"] = hash, ["startAt"] = campaign.StartAt });
                return Task.FromResult(result);
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
