using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Ends a campaign for good. Every text that still waited is skipped and says why.</summary>
public sealed class CancelCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        if (CampaignReason.Of(reason) is not { } text)
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, _) =>
            {
                var result = campaign.Cancel(text, now);
                if (!result.IsSuccess)
                    return result;
                // The campaign's row first: a planner that is at work waits for it, and then finds nothing more to plan.
                await db.SaveChangesAsync(cancellationToken);
                var skipped = await db.OutboundMessages
                    .Where(m => m.CampaignId == id && (m.State == MessageState.Planned || m.State == MessageState.Deferred))
                    .ExecuteUpdateAsync(
                        m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, nameof(SendReason.CampaignCancelled)).SetProperty(x => x.FinalAt, now),
                        cancellationToken);
                db.AuditCampaign(actor, now, campaign, "campaign.cancelled", text, after: new Dictionary<string, object?> { ["skipped"] = skipped });
                await TextTrail.NameSkippedAsync(db, actor, db.OutboundMessages.Where(m => m.CampaignId == id && m.DecidedAt != null), now, cancellationToken);
                return result;
            },
            cancellationToken);
    }
}
