using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Lets a paused campaign go on with everybody who has not been texted.</summary>
public sealed class ResumeCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            (db, campaign, _) =>
            {
                var result = campaign.Resume(now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.resumed");
                return Task.FromResult(result);
            },
            cancellationToken);
    }
}
