using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Stops a campaign where it stands. Texts that wait keep waiting; texts that left have left. One that waits for its start does not start, and keeps its approval.</summary>
public sealed class PauseCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        if (CampaignReason.Of(reason) is not { } text)
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            (db, campaign, _) =>
            {
                var result = campaign.Pause(text);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.paused", text);
                return Task.FromResult(result);
            },
            cancellationToken);
    }
}
