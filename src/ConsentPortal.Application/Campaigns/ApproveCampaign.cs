using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A second person's yes to exactly the content that they saw.</summary>
public sealed class ApproveCampaign(PortalDatabase database, CampaignLint lint, TimeProvider clock)
{
    /// <param name="seenHash">Of the content that stood on the approver's screen (<see cref="CampaignContent.HashOf"/>).</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, string seenHash, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        var (now, ground) = (clock.GetUtcNow(), await lint.GroundOfAsync(id, cancellationToken));
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                var hash = await CampaignReach.HashAsync(db, campaign, purpose, cancellationToken);
                if (!string.Equals(hash, seenHash, StringComparison.Ordinal))
                    return new ChangedMeanwhile();
                // The policy or the audience may have changed since it was submitted.
                if (ground?.IsOf(campaign) != true)
                    return new ChangedMeanwhile();
                var findings = CampaignLint.Check(ground, campaign);
                if (campaign.Status == CampaignStatus.InReview && findings.FirstOrDefault(f => f.Finding.Severity == LintSeverity.Blocks) is { } blocks)
                    return new TextBlocked(blocks);
                var result = campaign.Approve(staff, hash, now);
                if (!result.IsSuccess)
                    return result;
                var facts = CampaignChange.Facts(campaign, purpose, await CampaignChange.NamesAsync(db, campaign, cancellationToken));
                facts["contentHash"] = hash;
                facts["dryRun"] = campaign.DryRunId?.ToString();
                facts[LintRecord.Field] = LintRecord.Of(findings);
                db.AuditCampaign(actor, now, campaign, CampaignApprovals.Action, after: facts);
                return result;
            },
            cancellationToken);
    }
}
