using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// One message to one audience. Its author can never approve it, and an approval is bound to the exact content: any edit
/// afterwards voids it.
/// </summary>
public sealed class Campaign
{
    public required CampaignId Id { get; init; }

    public required string Name { get; set; }

    public required PurposeId PurposeId { get; set; }

    public required SegmentId SegmentId { get; set; }

    /// <summary>The version of the segment that the audience was defined by when it was last edited.</summary>
    public required int SegmentVersion { get; set; }

    /// <summary>Liquid template of the text.</summary>
    public required string Body { get; set; }

    /// <summary>What the text is about: legal caps in some states count per subject.</summary>
    public string? Subject { get; set; }

    public required DateTimeOffset StartAt { get; set; }

    public DateTimeOffset? NotAfter { get; set; }

    public CampaignStatus Status { get; private set; } = CampaignStatus.Draft;

    public required Guid AuthorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public Guid? SubmittedById { get; private set; }

    public Guid? ApprovedById { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>SHA-256 of what was approved: text, audience version, timing, dry run.</summary>
    public string? ApprovedHash { get; private set; }

    public Guid? DryRunId { get; set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public string? StatusReason { get; private set; }

    public Guid Version { get; set; }

    public bool CanBeEdited => Status is CampaignStatus.Draft or CampaignStatus.InReview or CampaignStatus.ChangesRequested or CampaignStatus.Approved;

    /// <summary>Takes back review and approval, visibly, because the content changed.</summary>
    public void VoidApproval(string reason)
    {
        (Status, StatusReason) = (CampaignStatus.Draft, reason);
        (SubmittedById, ApprovedById, ApprovedAt, ApprovedHash) = (null, null, null, null);
    }

    public Result<Done> Submit(Guid staffId)
    {
        if (Status is not (CampaignStatus.Draft or CampaignStatus.ChangesRequested))
            return new CampaignNotReady($"This campaign is {Status} and can't be sent to review. Only drafts can.");
        if (DryRunId is null)
            return new CampaignNotReady("Run the dry run first: the approver decides on its numbers.");
        (Status, SubmittedById, StatusReason) = (CampaignStatus.InReview, staffId, null);
        return Done.Value;
    }

    /// <param name="contentHash">Of the content as the approver saw it.</param>
    public Result<Done> Approve(Guid staffId, string contentHash, DateTimeOffset now)
    {
        if (Status != CampaignStatus.InReview)
            return new CampaignNotReady($"This campaign is {Status}; only a campaign in review can be approved.");
        if (staffId == AuthorId || staffId == SubmittedById)
            return new SecondPersonNeeded();
        (Status, ApprovedById, ApprovedAt, ApprovedHash) = (CampaignStatus.Approved, staffId, now, contentHash);
        return Done.Value;
    }

    public Result<Done> RequestChanges(string reason)
    {
        if (Status != CampaignStatus.InReview)
            return new CampaignNotReady($"This campaign is {Status}; changes can be requested only during review.");
        VoidApproval(reason);
        Status = CampaignStatus.ChangesRequested;
        return Done.Value;
    }

    /// <param name="contentHash">Of the content as it is now; must be what was approved.</param>
    public Result<Done> Start(string contentHash, DateTimeOffset now)
    {
        if (Status is not (CampaignStatus.Approved or CampaignStatus.Scheduled))
            return new CampaignNotReady($"This campaign is {Status}; it needs an approval by a second person before it can start.");
        if (!string.Equals(contentHash, ApprovedHash, StringComparison.Ordinal))
            return new CampaignNotReady("The content differs from what was approved. Nothing was sent; send it to review again.");
        (Status, StartedAt) = (CampaignStatus.Preparing, now);
        return Done.Value;
    }

    /// <summary>Launched for later: it starts by itself when its time comes.</summary>
    /// <param name="contentHash">Of the content as it is now; must be what was approved.</param>
    public Result<Done> Schedule(string contentHash)
    {
        if (Status != CampaignStatus.Approved)
            return new CampaignNotReady($"This campaign is {Status}; it needs an approval by a second person before it can be scheduled.");
        if (!string.Equals(contentHash, ApprovedHash, StringComparison.Ordinal))
            return new CampaignNotReady("The content differs from what was approved. Nothing was scheduled; send it to review again.");
        Status = CampaignStatus.Scheduled;
        return Done.Value;
    }

    public void BeginSending() => Status = Status == CampaignStatus.Preparing ? CampaignStatus.Sending : Status;

    public Result<Done> Pause(string reason)
    {
        if (Status is not (CampaignStatus.Sending or CampaignStatus.Preparing))
            return new CampaignNotReady($"This campaign is {Status}; there is nothing to pause.");
        (Status, StatusReason) = (CampaignStatus.Paused, reason);
        return Done.Value;
    }

    /// <summary>Goes on where it was paused, which may have been before everybody was planned: planning looks for them again.</summary>
    public Result<Done> Resume()
    {
        if (Status != CampaignStatus.Paused)
            return new CampaignNotReady($"This campaign is {Status}; only a paused campaign can go on.");
        (Status, StatusReason) = (CampaignStatus.Preparing, null);
        return Done.Value;
    }

    public Result<Done> Cancel(string reason, DateTimeOffset now)
    {
        if (Status is CampaignStatus.Finished or CampaignStatus.Cancelled)
            return new CampaignNotReady($"This campaign is already {Status}.");
        (Status, StatusReason, FinishedAt) = (CampaignStatus.Cancelled, reason, now);
        return Done.Value;
    }

    public void Finish(DateTimeOffset now) => (Status, FinishedAt) = (CampaignStatus.Finished, now);
}

public sealed record CampaignNotReady(string Message) : Failure(Message);

public sealed record SecondPersonNeeded()
    : Failure("You wrote or submitted this campaign, so somebody else has to approve it. Nothing was changed.");
