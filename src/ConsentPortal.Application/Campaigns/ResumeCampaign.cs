using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Lets a paused campaign go on with everybody who has not been texted. Whoever has come into its audience since it was planned is nobody that anyone has
/// approved, and gets nothing. One that was paused before its start waits for it again.
/// </summary>
public sealed class ResumeCampaign(PortalDatabase database, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken) => ExecuteAsync(actor, id, mayStartLate: false, cancellationToken);

    /// <param name="mayStartLate">Whether the actor knows that its start has passed, so that it begins at once.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, bool mayStartLate, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                if (campaign.Status == CampaignStatus.Paused && purpose.RetiredAt is not null)
                    return RetiredPurposeCampaigns.NotReady;
                if (campaign is { Status: CampaignStatus.Paused, WaitsForStart: true } && await ObstacleAsync(db, campaign, purpose, mayStartLate, now, cancellationToken) is { } obstacle)
                    return obstacle;
                var result = campaign.Resume(await IsPlannedAsync(db, id, cancellationToken), now);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.resumed");
                return result;
            },
            cancellationToken);
    }

    /// <returns>Why one that has not begun can't wait for its start again; null when it can.</returns>
    private static async Task<Failure?> ObstacleAsync(PortalDbContext db, Campaign campaign, Purpose purpose, bool mayStartLate, DateTimeOffset now, CancellationToken cancellationToken) =>
        campaign.NotAfter is { } end && end <= now
            ? new CampaignNotReady("The last moment for sending has passed. Nothing was sent; take the campaign back to draft, choose a later one and have it approved again.")
        : await CampaignReach.HashAsync(db, campaign, purpose, cancellationToken) != campaign.ApprovedHash
            ? new CampaignNotReady("What would be sent differs from what was approved. Nothing was sent; take the campaign back to draft and have it approved again.")
        : campaign.StartAt <= now && !mayStartLate ? new StartHasPassed()
        : null;

    private static Task<bool> IsPlannedAsync(PortalDbContext db, CampaignId id, CancellationToken cancellationToken)
    {
        var campaign = id.ToString();
        return db.AuditEntries.AnyAsync(e => e.ObjectKind == "campaign" && e.ObjectId == campaign && e.Action == CampaignPlanner.PlannedAction, cancellationToken);
    }
}

public sealed record StartHasPassed()
    : Failure("The start of this campaign has passed while it was paused, so it would begin to send at once. Nothing was changed; confirm that this is meant, or take it back to draft and choose a later start.");
