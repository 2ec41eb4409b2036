using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Id">Null for a new campaign.</param>
/// <param name="Version">The version that the editor saw; an older one is refused.</param>
/// <param name="Subject">What the text is about, for caps that count per subject; null for none.</param>
public sealed record CampaignEdit(
    CampaignId? Id, Guid Version, string Name, PurposeId PurposeId, SegmentId SegmentId, string Body, string? Subject, DateTimeOffset StartAt, DateTimeOffset? NotAfter);

/// <summary>
/// Writes a draft. A campaign that is in review or approved can still be edited, but the edit takes review and approval
/// back, visibly: what goes out is what a second person has read.
/// </summary>
public sealed class SaveCampaign(PortalDatabase database, TimeProvider clock)
{
    public const string VoidedBecause = "The content was changed after it had been sent to review.";

    public async Task<Result<CampaignId>> ExecuteAsync(Actor actor, CampaignEdit edit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (CampaignChange.StaffId(actor) is not { } author)
            return new StaffNeeded();
        edit = edit with { Name = edit.Name.Trim(), Subject = string.IsNullOrWhiteSpace(edit.Subject) ? null : edit.Subject.Trim() };
        if (Check(edit) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => SaveAsync(db, actor, author, edit, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static FieldRefused? Check(CampaignEdit edit)
    {
        if (edit.Name.Length is < 3 or > 120)
            return new FieldRefused(nameof(edit.Name), "Give the campaign a name of 3 to 120 characters.");
        if (edit.Subject is { Length: > 100 })
            return new FieldRefused(nameof(edit.Subject), "Say in at most 100 characters what the text is about.");
        if (edit.NotAfter is { } end && end <= edit.StartAt)
            return new FieldRefused(nameof(edit.NotAfter), "The last moment for sending has to be later than the first.");
        return MessageTemplate.Parse(edit.Body) is { IsSuccess: false } template ? new FieldRefused(nameof(edit.Body), template.Failure.Message) : null;
    }

    private static async Task<Result<CampaignId>> SaveAsync(
        PortalDbContext db, Actor actor, Guid author, CampaignEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purpose = await db.Purposes.FindAsync([edit.PurposeId], cancellationToken);
        if (purpose is null || purpose.RetiredAt is not null)
            return new FieldRefused(nameof(edit.PurposeId), "Choose a purpose that is in use.");
        if (!purpose.SenderCanReceive && MessageTemplate.Parse(edit.Body).Value.Uses("stopLine"))
            return new FieldRefused(nameof(edit.Body), "This sender receives no replies, so stopLine would promise what nobody hears. Write how else people can stop.");
        var segment = await db.Segments.FindAsync([edit.SegmentId], cancellationToken);
        if (segment is null || segment.ArchivedAt is not null)
            return new FieldRefused(nameof(edit.SegmentId), "Choose a segment that is in use.");
        return edit.Id is { } id
            ? await ChangeAsync(db, actor, id, edit, purpose, segment, now, cancellationToken)
            : Add(db, actor, author, edit, purpose, segment, now);
    }

    private static CampaignId Add(PortalDbContext db, Actor actor, Guid author, CampaignEdit edit, Purpose purpose, Segment segment, DateTimeOffset now)
    {
        var campaign = new Campaign
        {
            Id = CampaignId.New(now), Name = edit.Name, PurposeId = edit.PurposeId, SegmentId = edit.SegmentId, SegmentVersion = segment.CurrentVersion,
            Body = edit.Body, Subject = edit.Subject, StartAt = edit.StartAt, NotAfter = edit.NotAfter, AuthorId = author, CreatedAt = now,
        };
        campaign.Touch(now);
        db.Campaigns.Add(campaign);
        db.AuditCampaign(actor, now, campaign, "campaign.added", after: CampaignChange.Facts(campaign, purpose, segment.Name));
        return campaign.Id;
    }

    private static async Task<Result<CampaignId>> ChangeAsync(
        PortalDbContext db, Actor actor, CampaignId id, CampaignEdit edit, Purpose purpose, Segment segment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var campaign = await db.Campaigns.FindAsync([id], cancellationToken);
        if (campaign is null)
            return new CampaignNotFound();
        if (campaign.Version != edit.Version)
            return new ChangedMeanwhile();
        if (!campaign.CanBeEdited)
            return new CampaignNotReady($"This campaign is {campaign.Status} and can't be edited any more. Nothing was changed; copy it into a new one.");
        var oldPurpose = (await db.Purposes.FindAsync([campaign.PurposeId], cancellationToken))!;
        var before = CampaignChange.Facts(campaign, oldPurpose, await CampaignChange.SegmentNameAsync(db, campaign, cancellationToken));
        var hash = CampaignContent.HashWithoutDryRun(campaign, oldPurpose);
        Take(campaign, edit, segment);
        var isSame = CampaignContent.HashWithoutDryRun(campaign, purpose) == hash;
        db.AuditCampaign(actor, now, campaign, "campaign.changed", before: before, after: CampaignChange.Facts(campaign, purpose, segment.Name));
        if (!isSame)
            VoidWhatWasSigned(db, actor, campaign, now);
        campaign.Touch(now);
        return campaign.Id;
    }

    private static void Take(Campaign campaign, CampaignEdit edit, Segment segment)
    {
        (campaign.Name, campaign.PurposeId, campaign.Body, campaign.Subject) = (edit.Name, edit.PurposeId, edit.Body, edit.Subject);
        (campaign.SegmentId, campaign.SegmentVersion) = (edit.SegmentId, segment.CurrentVersion);
        (campaign.StartAt, campaign.NotAfter) = (edit.StartAt, edit.NotAfter);
    }

    private static void VoidWhatWasSigned(PortalDbContext db, Actor actor, Campaign campaign, DateTimeOffset now)
    {
        campaign.DryRunId = null;
        if (campaign.Status is not (CampaignStatus.InReview or CampaignStatus.Approved))
            return;
        var before = new Dictionary<string, object?> { ["status"] = campaign.Status, ["approvedBy"] = campaign.ApprovedById?.ToString(), ["approvedHash"] = campaign.ApprovedHash };
        campaign.VoidApproval(VoidedBecause);
        db.AuditCampaign(actor, now, campaign, "campaign.approvalVoided", VoidedBecause, before);
    }
}
