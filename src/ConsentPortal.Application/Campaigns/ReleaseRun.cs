using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Lets a held run of a repeating campaign go: a second person has looked at its audience, with which later ones are compared.</summary>
public sealed class ReleaseRun(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            (db, campaign, purpose) =>
            {
                if (purpose.RetiredAt is not null)
                    return Task.FromResult<Result<Done>>(RetiredPurposeCampaigns.NotReady);
                var result = campaign.Release(staff, now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.runReleased", after: new Dictionary<string, object?> { ["audience"] = campaign.AgreedAudience, ["runAt"] = campaign.NextRunAt });
                return Task.FromResult(result);
            },
            cancellationToken);
    }
}
