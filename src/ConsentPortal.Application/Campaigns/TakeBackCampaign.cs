using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Makes a draft again of a campaign that waits for its start, so that it can be mended. Its approval ends, visibly.</summary>
public sealed class TakeBackCampaign(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reason">5 to 400 characters; the author reads it.</param>
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
                var before = new Dictionary<string, object?> { ["status"] = campaign.Status, ["approvedBy"] = campaign.ApprovedById?.ToString(), ["approvedHash"] = campaign.ApprovedHash };
                var result = campaign.TakeBack(text);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.takenBack", text, before);
                return Task.FromResult(result);
            },
            cancellationToken);
    }
}
