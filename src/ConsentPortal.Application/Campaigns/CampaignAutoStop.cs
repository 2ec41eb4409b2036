using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Pauses a campaign whose readers opt out, or whose texts fail, more than its approved limits allow. A person lets it go
/// on, and from then on the limits count afresh.
/// </summary>
internal sealed class CampaignAutoStop(PortalDatabase database, TimeProvider clock)
{
    private static readonly Actor Guard = Actor.Job("campaign-limits");

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        List<Campaign> running;
        await using (var db = database.Open())
            running = await db.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Sending && (c.OptOutLimit != null || c.FailureLimit != null))
                .OrderBy(c => c.StartAt).ToListAsync(cancellationToken);
        foreach (var campaign in running)
            await CheckAsync(campaign, cancellationToken);
    }

    private async Task CheckAsync(Campaign seen, CancellationToken cancellationToken)
    {
        CampaignCounts counts;
        await using (var db = database.Open())
            counts = await CampaignOutcomes.CountAsync(db, seen.Id, seen.PurposeId, seen.CountedFrom, cancellationToken);
        if (seen.Limits.BrokenBy(counts) is not { } sentence)
            return;
        var now = clock.GetUtcNow();
        await CampaignChange.ApplyAsync(
            database, seen.Id, now,
            (db, campaign, _) =>
            {
                if (campaign.Version != seen.Version)
                    return Task.FromResult<Domain.Result<Domain.Done>>(new CampaignNotReady("Somebody has changed the campaign meanwhile."));
                var paused = campaign.Pause(sentence);
                if (paused.IsSuccess)
                    db.AuditCampaign(Guard, now, campaign, "campaign.pausedByLimit", sentence, after: new Dictionary<string, object?>
                    {
                        ["sent"] = counts.Sent, ["optOuts"] = counts.OptOuts, ["settled"] = counts.Settled, ["failed"] = counts.Failed,
                        ["limits"] = CampaignWording.OfLimits(campaign.Limits),
                    });
                return Task.FromResult(paused);
            },
            cancellationToken);
    }
}
