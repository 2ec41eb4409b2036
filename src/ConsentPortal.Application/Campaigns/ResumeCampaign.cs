using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Lets a paused campaign go on with everybody who has not been texted. Whoever has come into its audience since it was planned is nobody that anyone has
/// approved, and gets nothing.
/// </summary>
public sealed class ResumeCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                if (campaign.Status == CampaignStatus.Paused && purpose.RetiredAt is not null)
                    return RetiredPurposeCampaigns.NotReady;
                var result = campaign.Resume(await IsPlannedAsync(db, id, cancellationToken), now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.resumed");
                return result;
            },
            cancellationToken);
    }

    private static Task<bool> IsPlannedAsync(PortalDbContext db, CampaignId id, CancellationToken cancellationToken)
    {
        var campaign = id.ToString();
        return db.AuditEntries.AnyAsync(e => e.ObjectKind == "campaign" && e.ObjectId == campaign && e.Action == CampaignPlanner.PlannedAction, cancellationToken);
    }
}
