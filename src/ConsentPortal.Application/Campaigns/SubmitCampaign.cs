using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Hands a draft to a second person, with a dry run of exactly this content, unless the rules object to its words.</summary>
public sealed class SubmitCampaign(PortalDatabase database, CampaignLint lint, TimeProvider clock)
{
    internal const string Action = "campaign.submitted";

    public Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken) => ExecuteAsync(actor, id, [], cancellationToken);

    /// <param name="confirmed">Keys (<see cref="TextFinding.Key"/>) of the findings that the actor has looked at and lets stand.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, IReadOnlyCollection<string> confirmed, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        var (now, ground) = (clock.GetUtcNow(), await lint.GroundOfAsync(id, cancellationToken));
        return await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                var run = await db.DryRuns.AsNoTracking().SingleOrDefaultAsync(d => d.Id == campaign.DryRunId, cancellationToken);
                if (run is not null && run.ContentHash != await CampaignReach.HashWithoutDryRunAsync(db, campaign, purpose, cancellationToken))
                    return new CampaignNotReady("The dry run was made for other content. Run it again: the approver decides on its numbers.");
                if (run is { Allowed: 0, Deferred: 0 })
                    return new AudienceIsEmpty();
                if (campaign.NotAfter is { } end && end <= now)
                    return new CampaignNotReady("The last moment for sending has passed. Choose a later one, then send the campaign to review.");
                if (ground?.IsOf(campaign) != true)
                    return new ChangedMeanwhile();
                var findings = CampaignLint.Check(ground, campaign);
                if (run is not null && LintRecord.Refusal(findings, confirmed) is { } refused)
                    return refused;
                var result = campaign.Submit(staff);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, Action, after: Facts(run!, findings, confirmed));
                return result;
            },
            cancellationToken);
    }

    private static Dictionary<string, object?> Facts(DryRun run, IReadOnlyList<TextFinding> findings, IReadOnlyCollection<string> confirmed) => new()
    {
        ["dryRun"] = run.Id.ToString(), ["audience"] = run.Audience, ["allowed"] = run.Allowed, ["deferred"] = run.Deferred, ["excluded"] = run.Excluded,
        [LintRecord.Field] = LintRecord.Of(findings), [LintRecord.ConfirmedField] = LintRecord.Confirmed(findings, confirmed),
    };
}

public sealed record AudienceIsEmpty()
    : Failure("By the dry run nobody would get this text. Nothing was sent to review; look at why people fall away and change the audience or the text.");
