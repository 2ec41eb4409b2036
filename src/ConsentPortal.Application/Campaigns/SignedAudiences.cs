using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// A campaign names the version of its own segments, but segments that their rules name are asked as they are: so an edit of one takes back the reviews and
/// approvals that were given for its rule as it was. Campaigns that have begun go on with the rules that were approved.
/// </summary>
internal static class SignedAudiences
{
    private static readonly CampaignStatus[] Signed = [CampaignStatus.InReview, CampaignStatus.Approved, CampaignStatus.Scheduled, CampaignStatus.Repeating];

    /// <param name="name">Of the edited segment.</param>
    public static async Task VoidAsync(PortalDbContext db, Actor actor, SegmentId edited, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reason = $"The segment \"{name}\", which the audience reaches through another one, was changed. Make a new dry run and send it to review again.";
        foreach (var campaign in await db.Campaigns.Where(c => Signed.Contains(c.Status) || (c.Status == CampaignStatus.Paused && c.StartedAt == null)).OrderBy(c => c.Id).ToListAsync(cancellationToken))
        {
            if ((await CampaignReach.ReadAsync(db, campaign, cancellationToken)).All(s => s.Id != edited))
                continue;
            var before = new Dictionary<string, object?> { ["status"] = campaign.Status, ["approvedBy"] = campaign.ApprovedById?.ToString(), ["approvedHash"] = campaign.ApprovedHash };
            campaign.SendBack(reason);
            campaign.Touch(now);
            db.AuditCampaign(actor, now, campaign, "campaign.approvalVoided", reason, before);
        }
    }
}
