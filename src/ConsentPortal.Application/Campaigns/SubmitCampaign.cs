using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Hands a draft to a second person, with a dry run of exactly this content.</summary>
public sealed class SubmitCampaign(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                var run = await db.DryRuns.AsNoTracking().SingleOrDefaultAsync(d => d.Id == campaign.DryRunId, cancellationToken);
                if (run is not null && run.ContentHash != CampaignContent.HashWithoutDryRun(campaign, purpose))
                    return new CampaignNotReady("The dry run was made for other content. Run it again: the approver decides on its numbers.");
                if (run is { Allowed: 0, Deferred: 0 })
                    return new AudienceIsEmpty();
                if (campaign.NotAfter is { } end && end <= now)
                    return new CampaignNotReady("The last moment for sending has passed. Choose a later one, then send the campaign to review.");
                var result = campaign.Submit(staff);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.submitted", after: new Dictionary<string, object?>
                    {
                        ["dryRun"] = run!.Id.ToString(), ["audience"] = run.Audience, ["allowed"] = run.Allowed, ["deferred"] = run.Deferred, ["excluded"] = run.Excluded,
                    });
                return result;
            },
            cancellationToken);
    }
}

public sealed record AudienceIsEmpty()
    : Failure("By the dry run nobody would get this text. Nothing was sent to review; look at why people fall away and change the audience or the text.");
