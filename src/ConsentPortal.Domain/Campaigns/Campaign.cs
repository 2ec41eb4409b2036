using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// One message to one audience. Its author can never approve it, and an approval is bound to the exact content: any edit
/// afterwards voids it.
/// </summary>
public sealed partial class Campaign
{
    public const int LongestName = 120;

    private CampaignStatus _status = CampaignStatus.Draft;

    public required CampaignId Id { get; init; }

    public required string Name { get; set; }

    public required PurposeId PurposeId { get; set; }

    public required SegmentId SegmentId { get; set; }

    /// <summary>The version of the segment that the audience was defined by when it was last edited.</summary>
    public required int SegmentVersion { get; set; }

    /// <summary>People of these segments get nothing of it.</summary>
    public IList<ExcludedSegment> Exclusions { get; } = [];

    /// <summary>How many people get it at most, chosen by lot among those who can be texted; null for everybody.</summary>
    public int? AtMost { get; set; }

    /// <summary>0 to 50: how many of a hundred get nothing, so that one can see what the campaign changed.</summary>
    public int HoldoutPercent { get; set; }

    /// <summary>Liquid template of the text, or of variant A where there are others.</summary>
    public required string Body { get; set; }

    /// <summary>Of the first text, against those of the other variants.</summary>
    public int Weight { get; set; } = 1;

    public IList<CampaignVariant> OtherTexts { get; } = [];

    /// <summary>Links become short addresses of the portal, one for each person, so that it can count who opened them.</summary>
    public bool CountsClicks { get; set; }

    /// <summary>What the text is about: legal caps in some states count per subject.</summary>
    public string? Subject { get; set; }

    public required DateTimeOffset StartAt { get; set; }

    public DateTimeOffset? NotAfter { get; set; }

    /// <summary>The pace; null for as fast as the sender may.</summary>
    public int? TextsPerMinute { get; set; }

    /// <summary>Of the texts sent, in percent: above it the campaign pauses by itself.</summary>
    public decimal? OptOutLimit { get; set; }

    /// <summary>Of the texts whose end is known, in percent: above it the campaign pauses by itself.</summary>
    public decimal? FailureLimit { get; set; }

    /// <summary>So many texts are counted before a limit can stop it.</summary>
    public int LimitsFrom { get; set; } = StopLimits.UsualFrom;

    /// <summary>Whoever let it go on has seen what came before: limits count from here.</summary>
    public DateTimeOffset? CountedFrom { get; private set; }

    /// <summary>When the next text may leave by its pace; moved on with each text.</summary>
    public DateTimeOffset? NextTextAt { get; private set; }

    /// <summary>The highest lot that is still among those who get it, drawn once when planning begins; null before, and without a limit.</summary>
    public long? CapLine { get; private set; }

    /// <summary>How many places were given out so far, where only so many may get it: to people who could be texted when they were planned, or later when their text was due.</summary>
    public int CapTaken { get; private set; }

    public CampaignStatus Status
    {
        get => _status;
        private set => _status = value == _status || CampaignMoves.Has(_status, value) ? value : throw new InvalidOperationException($"Campaign {Id} does not go from {_status} to {value}.");
    }

    public required Guid AuthorId { get; init; }

    /// <summary>Who has changed the content since it was approved last, by id, with spaces between.</summary>
    public string WriterIds { get; private set; } = "";

    /// <summary>Everybody whose words no second person has read yet, its author first: none of them can approve it.</summary>
    public IReadOnlyList<Guid> Writers => [.. WriterIds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).Prepend(AuthorId).Distinct()];

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

    /// <summary>All texts, A first.</summary>
    public IReadOnlyList<CampaignText> Texts =>
        [new(CampaignText.First, Body, Weight), .. OtherTexts.OrderBy(t => t.Letter).Select(t => new CampaignText(t.Letter, t.Body, t.Weight))];

    public StopLimits Limits => new(OptOutLimit, FailureLimit, LimitsFrom);

    /// <summary>What is left out, instead of what was.</summary>
    public void Exclude(IReadOnlyDictionary<SegmentId, int> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        foreach (var gone in Exclusions.Where(e => !versions.ContainsKey(e.SegmentId)).ToList())
            Exclusions.Remove(gone);
        foreach (var (segment, version) in versions)
        {
            if (Exclusions.FirstOrDefault(e => e.SegmentId == segment) is { } known)
                known.Version = version;
            else
                Exclusions.Add(new ExcludedSegment { SegmentId = segment, Version = version });
        }
    }

    /// <param name="texts">1 to 4; their letters are given in this order.</param>
    public void Write(IReadOnlyList<(string Body, int Weight)> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        (Body, Weight) = texts[0];
        foreach (var gone in OtherTexts.Where(t => t.Letter - CampaignText.First >= texts.Count).ToList())
            OtherTexts.Remove(gone);
        for (var i = 1; i < texts.Count; i++)
        {
            var letter = (char)(CampaignText.First + i);
            if (OtherTexts.FirstOrDefault(t => t.Letter == letter) is { } known)
                (known.Body, known.Weight) = texts[i];
            else
                OtherTexts.Add(new CampaignVariant { Letter = letter, Body = texts[i].Body, Weight = texts[i].Weight });
        }
    }

    /// <summary>
    /// One person more, where there is a place left. The line alone does not tell: others may have come into the segment, or
    /// have agreed, since it was drawn. A place is never given back, so that no more texts leave than may.
    /// </summary>
    public bool TakePlace()
    {
        if (CapTaken >= AtMost)
            return false;
        CapTaken++;
        return true;
    }

    /// <summary>The same in every run of a series: whoever is held out from one and texted by the next would tell nothing.</summary>
    public bool IsHeldOut(SubscriberId person) => HoldoutPercent > 0 && CampaignBucket.Of(SeriesId ?? Id, person, BucketQuestion.Holdout) % 100 < HoldoutPercent;

    /// <summary>Where a limited number get it, those with the lowest lots do.</summary>
    public long LotOf(SubscriberId person) => CampaignBucket.Of(Id, person, BucketQuestion.Cap);

    /// <summary>The same in every run of a series.</summary>
    /// <returns>Null where there is only one text.</returns>
    public char? VariantOf(SubscriberId person)
    {
        if (OtherTexts.Count == 0)
            return null;
        var texts = Texts;
        var place = CampaignBucket.Of(SeriesId ?? Id, person, BucketQuestion.Variant) % texts.Sum(t => t.Weight);
        return texts.First(t => (place -= t.Weight) < 0).Variant;
    }

    /// <summary>Notes who has changed the content. What was approved has had its second reader: after it, the count of writers begins anew.</summary>
    public void WrittenBy(Guid staff)
    {
        if (ApprovedHash is not null)
            WriterIds = "";
        if (!Writers.Contains(staff))
            WriterIds = $"{WriterIds} {staff}".TrimStart();
    }

    /// <summary>Whether somebody wrote or submitted it, so that a second person has to look.</summary>
    public bool IsWorkOf(Guid staff) => staff == SubmittedById || Writers.Contains(staff);

    /// <summary>Takes back review and approval, visibly, because the content changed.</summary>
    public void VoidApproval(string reason) => Unsign(CampaignStatus.Draft, reason);

    private void Unsign(CampaignStatus status, string reason)
    {
        (Status, StatusReason) = (status, reason);
        (SubmittedById, ApprovedById, ApprovedAt, ApprovedHash) = (null, null, null, null);
    }

    /// <summary>Back to its author, who has to make a new dry run: what was approved is not what would be sent. Only while no text of it is planned.</summary>
    public void SendBack(string reason)
    {
        VoidApproval(reason);
        (DryRunId, StartedAt) = (null, null);
    }

    /// <summary>Launched for later and not begun: it waits for its start, or was paused before it.</summary>
    public bool WaitsForStart => Status == CampaignStatus.Scheduled || (Status == CampaignStatus.Paused && StartedAt is null);

    /// <summary>Makes a draft again of what was launched for later. Its approval ends; its dry run holds for as long as nothing is edited.</summary>
    public Result<Done> TakeBack(string reason)
    {
        if (!WaitsForStart)
            return new CampaignNotReady($"This campaign is {Status}; only one that waits for its start can be taken back to draft. Nothing was changed.");
        VoidApproval(reason);
        return Done.Value;
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
        if (IsWorkOf(staffId))
            return new SecondPersonNeeded();
        (Status, ApprovedById, ApprovedAt, ApprovedHash) = (CampaignStatus.Approved, staffId, now, contentHash);
        return Done.Value;
    }

    public Result<Done> RequestChanges(string reason)
    {
        if (Status != CampaignStatus.InReview)
            return new CampaignNotReady($"This campaign is {Status}; changes can be requested only during review.");
        Unsign(CampaignStatus.ChangesRequested, reason);
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
        // One that repeated before may have begun once.
        (Status, StartedAt) = (CampaignStatus.Scheduled, null);
        return Done.Value;
    }

    public void BeginSending() => Status = Status == CampaignStatus.Preparing ? CampaignStatus.Sending : Status;

    /// <summary>Also before its start: it keeps its approval, and nothing starts it until somebody lets it go on.</summary>
    public Result<Done> Pause(string reason)
    {
        if (Status is not (CampaignStatus.Scheduled or CampaignStatus.Sending or CampaignStatus.Preparing or CampaignStatus.Repeating))
            return new CampaignNotReady($"This campaign is {Status}; there is nothing to pause.");
        (Status, StatusReason) = (CampaignStatus.Paused, reason);
        return Done.Value;
    }

    /// <summary>
    /// Goes on where it was paused: one that had not begun waits for its start again. One that repeats goes on with the next run whose time has not come: what was missed, or held, is left out.
    /// </summary>
    /// <param name="isPlanned">False when it was paused before everybody was planned: planning then looks for the rest. Otherwise nobody new comes in.</param>
    public Result<Done> Resume(bool isPlanned, DateTimeOffset now)
    {
        if (Status != CampaignStatus.Paused)
            return new CampaignNotReady($"This campaign is {Status}; only a paused campaign can go on.");
        if (Repeats is not null)
            ResumeRepeating(now);
        else if (StartedAt is null)
            (Status, StatusReason) = (CampaignStatus.Scheduled, null);
        else
            (Status, StatusReason, CountedFrom) = (isPlanned ? CampaignStatus.Sending : CampaignStatus.Preparing, null, now);
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
    : Failure("You wrote in this campaign or submitted it, so somebody else has to approve it. Nothing was changed.");
