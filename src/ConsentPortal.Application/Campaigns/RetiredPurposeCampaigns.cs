using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What becomes of the campaigns of a purpose that is retired: those that send are paused, those that have not begun go back to their authors.</summary>
internal static class RetiredPurposeCampaigns
{
    public static readonly CampaignNotReady NotReady = new("The purpose of this campaign was retired, so nothing more is sent for it. Choose a purpose that is in use in a new campaign.");

    private static readonly CampaignStatus[] Running = [CampaignStatus.Preparing, CampaignStatus.Sending, CampaignStatus.Repeating];
    private static readonly CampaignStatus[] Before = [CampaignStatus.InReview, CampaignStatus.Approved, CampaignStatus.Scheduled];

    /// <returns>How many were stopped.</returns>
    public static async Task<int> StopAsync(PortalDbContext db, Actor actor, PurposeId purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var campaigns = await db.Campaigns.Where(c => c.PurposeId == purpose && (Running.Contains(c.Status) || Before.Contains(c.Status) || (c.Status == CampaignStatus.Paused && c.StartedAt == null))).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        foreach (var campaign in campaigns)
            Stop(db, actor, campaign, now);
        return campaigns.Count;
    }

    public static void Stop(PortalDbContext db, Actor actor, Campaign campaign, DateTimeOffset now)
    {
        var isRunning = !campaign.WaitsForStart && campaign.Pause(NotReady.Message).IsSuccess;
        if (!isRunning)
            campaign.SendBack(NotReady.Message);
        campaign.Touch(now);
        db.AuditCampaign(actor, now, campaign, isRunning ? "campaign.paused" : "campaign.approvalVoided", NotReady.Message);
    }
}
