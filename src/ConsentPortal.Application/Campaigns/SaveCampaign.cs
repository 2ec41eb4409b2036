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

/// <summary>
/// Writes a draft. A campaign that is in review or approved can still be edited, but the edit takes review and approval
/// back, visibly: what goes out is what a second person has read.
/// </summary>
public sealed class SaveCampaign(PortalDatabase database, ShortLinks links, TimeProvider clock)
{
    public const string VoidedBecause = "The content was changed after it had been sent to review.";

    public async Task<Result<CampaignId>> ExecuteAsync(Actor actor, CampaignEdit edit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (CampaignChange.StaffId(actor) is not { } author)
            return new StaffNeeded();
        edit = edit with { Name = edit.Name.Trim(), Subject = string.IsNullOrWhiteSpace(edit.Subject) ? null : edit.Subject.Trim() };
        if (CampaignEditCheck.Of(edit) is { } refused)
            return refused;
        if (edit.CountsClicks && !links.CanCount)
            return new NoPublicAddress();
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

    private static async Task<Result<CampaignId>> SaveAsync(
        PortalDbContext db, Actor actor, Guid author, CampaignEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purpose = await db.Purposes.FindAsync([edit.PurposeId], cancellationToken);
        if (purpose is null || purpose.RetiredAt is not null)
            return new FieldRefused(nameof(edit.PurposeId), "Choose a purpose that is in use.");
        if (!purpose.SenderCanReceive && edit.Bodies.Any(body => MessageTemplate.Parse(body).Value.Uses("stopLine")))
            return new FieldRefused(nameof(edit.Body), "This sender receives no replies, so stopLine would promise what nobody hears. Write how else people can stop.");
        if (await AttributeFields.RefusalAsync(db, edit.Bodies.Select(body => MessageTemplate.Parse(body).Value), cancellationToken) is { } unknown)
            return new FieldRefused(nameof(edit.Body), unknown.Message);
        var segment = await db.Segments.FindAsync([edit.SegmentId], cancellationToken);
        if (segment is null || segment.ArchivedAt is not null)
            return new FieldRefused(nameof(edit.SegmentId), "Choose a segment that is in use.");
        var excluded = await db.Segments.AsNoTracking().Where(s => edit.Exclude.Contains(s.Id) && s.ArchivedAt == null).ToDictionaryAsync(s => s.Id, s => s.CurrentVersion, cancellationToken);
        if (excluded.Count < edit.Exclude.Distinct().Count())
            return new FieldRefused(nameof(edit.Exclude), "Leave out only segments and lists that are in use.");
        var taken = new Taken(edit, purpose, segment, excluded);
        return edit.Id is { } id ? await ChangeAsync(db, actor, author, id, taken, now, cancellationToken) : await AddAsync(db, actor, author, taken, now, cancellationToken);
    }

    private static async Task<Result<CampaignId>> AddAsync(PortalDbContext db, Actor actor, Guid author, Taken taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var edit = taken.Edit;
        var campaign = new Campaign
        {
            Id = CampaignId.New(now), Name = edit.Name, PurposeId = edit.PurposeId, SegmentId = edit.SegmentId, SegmentVersion = taken.Segment.CurrentVersion,
            Body = edit.Body, StartAt = edit.StartAt, AuthorId = author, CreatedAt = now,
        };
        Take(campaign, taken);
        campaign.Touch(now);
        db.Campaigns.Add(campaign);
        db.AuditCampaign(actor, now, campaign, "campaign.added", after: await FactsAsync(db, campaign, taken.Purpose, cancellationToken));
        return campaign.Id;
    }

    private static async Task<Result<CampaignId>> ChangeAsync(
        PortalDbContext db, Actor actor, Guid writer, CampaignId id, Taken taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var campaign = await db.Campaigns.FindAsync([id], cancellationToken);
        if (campaign is null)
            return new CampaignNotFound();
        if (campaign.Version != taken.Edit.Version)
            return new ChangedMeanwhile();
        if (!campaign.CanBeEdited)
            return new CampaignNotReady($"This campaign is {campaign.Status} and can't be edited any more. Nothing was changed; copy it into a new one.");
        var oldPurpose = (await db.Purposes.FindAsync([campaign.PurposeId], cancellationToken))!;
        var before = await FactsAsync(db, campaign, oldPurpose, cancellationToken);
        var hash = await CampaignReach.HashWithoutDryRunAsync(db, campaign, oldPurpose, cancellationToken);
        Take(campaign, taken);
        var isSame = await CampaignReach.HashWithoutDryRunAsync(db, campaign, taken.Purpose, cancellationToken) == hash;
        db.AuditCampaign(actor, now, campaign, "campaign.changed", before: before, after: await FactsAsync(db, campaign, taken.Purpose, cancellationToken));
        if (!isSame)
        {
            campaign.WrittenBy(writer);
            VoidWhatWasSigned(db, actor, campaign, now);
        }

        campaign.Touch(now);
        return campaign.Id;
    }

    private static void Take(Campaign campaign, Taken taken)
    {
        var edit = taken.Edit;
        (campaign.Name, campaign.PurposeId, campaign.Subject) = (edit.Name, edit.PurposeId, edit.Subject);
        (campaign.SegmentId, campaign.SegmentVersion) = (edit.SegmentId, taken.Segment.CurrentVersion);
        campaign.Exclude(taken.Excluded);
        campaign.Write(edit.Texts);
        campaign.Translate(edit.Language, edit.Translations);
        campaign.CountsClicks = edit.CountsClicks;
        (campaign.AtMost, campaign.HoldoutPercent) = (edit.AtMost, edit.HoldoutPercent);
        (campaign.StartAt, campaign.NotAfter, campaign.TextsPerMinute) = (edit.StartAt, edit.NotAfter, edit.TextsPerMinute);
        campaign.Time(edit.StartsLocally, edit.Hours);
        campaign.Repeat(edit.Repeats);
        campaign.Reengage(edit.Reengages);
        (campaign.OptOutLimit, campaign.FailureLimit, campaign.LimitsFrom) = (edit.OptOutLimit, edit.FailureLimit, edit.LimitsFrom);
    }

    private static async Task<Dictionary<string, object?>> FactsAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken) =>
        CampaignChange.Facts(campaign, purpose, await CampaignChange.NamesAsync(db, campaign, cancellationToken));

    private static void VoidWhatWasSigned(PortalDbContext db, Actor actor, Campaign campaign, DateTimeOffset now)
    {
        campaign.DryRunId = null;
        if (campaign.Status is not (CampaignStatus.InReview or CampaignStatus.Approved))
            return;
        var before = new Dictionary<string, object?> { ["status"] = campaign.Status, ["approvedBy"] = campaign.ApprovedById?.ToString(), ["approvedHash"] = campaign.ApprovedHash };
        campaign.VoidApproval(VoidedBecause);
        db.AuditCampaign(actor, now, campaign, "campaign.approvalVoided", VoidedBecause, before);
    }

    /// <param name="Excluded">The version of each segment that is left out.</param>
    private sealed record Taken(CampaignEdit Edit, Purpose Purpose, Segment Segment, IReadOnlyDictionary<SegmentId, int> Excluded);
}
