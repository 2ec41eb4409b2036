using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A dry run as it may be read: the samples of each reason, masked.</summary>
/// <param name="IsCurrent">False when it was made for other content than the campaign has now.</param>
/// <param name="Samples">Masked numbers by subscriber id.</param>
public sealed record DryRunView(
    Guid Id, DateTimeOffset At, int Audience, int Allowed, int Deferred, int Excluded, DryRunDetail Detail, bool IsCurrent, IReadOnlyDictionary<Guid, string> Samples);

/// <param name="ContentHash">What an approval of this view would sign.</param>
/// <param name="SinceApproval">What differs from the last approved content; null when none was ever approved.</param>
/// <param name="CurrentSegmentVersion">Newer than <paramref name="SegmentVersion"/> when the segment was changed after the last edit.</param>
public sealed record CampaignView(
    CampaignId Id, Guid Version, string Name, PurposeId PurposeId, string Purpose, string Brand, string Sender, MessageClass MessageClass,
    SegmentId SegmentId, string Segment, int SegmentVersion, int CurrentSegmentVersion, string SegmentSentence,
    string Body, string? Subject, DateTimeOffset StartAt, DateTimeOffset? NotAfter,
    CampaignStatus Status, string? StatusReason, bool CanBeEdited, Guid AuthorId, string Author, Guid? SubmittedById, string? SubmittedBy, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset UpdatedAt,
    string ContentHash, DryRunView? DryRun, IReadOnlyList<ContentChange>? SinceApproval)
{
    /// <summary>Everybody whose words no second person has read yet: none of them can approve it.</summary>
    public IReadOnlyList<Guid> WriterIds { get; init; } = [];

    /// <summary>Their names, the author's first.</summary>
    public IReadOnlyList<string> Writers { get; init; } = [];

    /// <summary>Whether somebody wrote or submitted it, so that a second person has to look.</summary>
    public bool IsWorkOf(Guid staff) => staff == AuthorId || staff == SubmittedById || WriterIds.Contains(staff);

    /// <summary>What the rules say of the words; looked for only until somebody has approved them.</summary>
    public IReadOnlyList<TextFinding> Findings { get; init; } = [];

    /// <summary>Keys of the findings that the person who submitted it let stand.</summary>
    public IReadOnlyList<string> Confirmed { get; init; } = [];

    /// <summary>Launched for later and not begun: it waits for its start, or was paused before it.</summary>
    public bool WaitsForStart { get; init; }

    /// <summary>All texts, A first; one without variants.</summary>
    public required IReadOnlyList<CampaignText> Texts { get; init; }

    /// <summary>Of the texts for whoever reads none of the others; null where there is one language.</summary>
    public string? Language { get; init; }

    /// <summary>The texts in further languages, by letter and language.</summary>
    public IReadOnlyList<TranslatedText> Translations { get; init; } = [];

    /// <summary>Whose people get nothing of it.</summary>
    public IReadOnlyList<ExcludedView> Exclusions { get; init; } = [];

    public bool CountsClicks { get; init; }

    public int? AtMost { get; init; }

    public int HoldoutPercent { get; init; }

    public int? TextsPerMinute { get; init; }

    /// <summary>Null where it wants nothing of anybody's clock.</summary>
    public SendTiming? Timing { get; init; }

    public required StopLimits Limits { get; init; }

    /// <summary>Null for a campaign that is sent once, and for a run.</summary>
    public Recurrence? Repeats { get; init; }

    /// <summary>Null for a campaign that asks nobody to come back.</summary>
    public Reengagement? Reengages { get; init; }

    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Of a run that waits for a second person: how many people it would go to.</summary>
    public int? HeldAudience { get; init; }

    /// <summary>Of a run: the campaign that repeats.</summary>
    public CampaignId? SeriesId { get; init; }

    public int? RunNumber { get; init; }
}

/// <param name="CurrentVersion">Newer than <paramref name="Version"/> when the segment was changed after the last edit.</param>
public sealed record ExcludedView(SegmentId Id, string Name, int Version, int CurrentVersion);

/// <summary>One campaign: its content, where it stands, what its dry run said, and what differs from the last approval.</summary>
public sealed class CampaignDetail(PortalDatabase database, SubscriberVault vault, CampaignLint lint)
{
    public async Task<Result<CampaignView>> GetAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (campaign is null)
            return new CampaignNotFound();
        var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken);
        var segment = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == campaign.SegmentId, cancellationToken);
        var sentence = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == segment.Id && v.Version == campaign.SegmentVersion).Select(v => v.Sentence).SingleAsync(cancellationToken);
        Guid?[] people = [.. campaign.Writers, campaign.SubmittedById, campaign.ApprovedById];
        var names = await ActorNames.OfAsync(db, people.OfType<Guid>().Select(p => (ActorKind.Staff, p.ToString())), cancellationToken);
        string? Name(Guid? staff) => staff is { } known ? names.Of(ActorKind.Staff, known.ToString()) : null;
        return new CampaignView(
            id, campaign.Version, campaign.Name, purpose.Id, purpose.Name, purpose.Brand, purpose.Sender, purpose.MessageClass,
            segment.Id, segment.Name, campaign.SegmentVersion, segment.CurrentVersion, sentence, campaign.Body, campaign.Subject, campaign.StartAt, campaign.NotAfter,
            campaign.Status, campaign.StatusReason, campaign.CanBeEdited, campaign.AuthorId, Name(campaign.AuthorId)!, campaign.SubmittedById, Name(campaign.SubmittedById),
            Name(campaign.ApprovedById), campaign.ApprovedAt, campaign.StartedAt, campaign.FinishedAt, campaign.UpdatedAt,
            await CampaignReach.HashAsync(db, campaign, purpose, cancellationToken), await DryRunAsync(db, campaign, purpose, cancellationToken),
            await CampaignApprovals.DifferencesAsync(db, campaign, purpose, await CampaignChange.NamesAsync(db, campaign, cancellationToken), cancellationToken))
        {
            WaitsForStart = campaign.WaitsForStart, WriterIds = campaign.Writers, Writers = [.. campaign.Writers.Select(w => Name(w)!)],
            Repeats = campaign.Repeats, Reengages = campaign.Reengages, NextRunAt = campaign.NextRunAt, HeldAudience = campaign.IsHeld ? campaign.HeldAudience : null, SeriesId = campaign.SeriesId, RunNumber = campaign.RunNumber,
            Texts = campaign.Texts, Language = campaign.Language, Translations = campaign.Translations, Exclusions = await ExclusionsAsync(db, campaign, cancellationToken),
            CountsClicks = campaign.CountsClicks, AtMost = campaign.AtMost, HoldoutPercent = campaign.HoldoutPercent, TextsPerMinute = campaign.TextsPerMinute, Timing = campaign.Timing, Limits = campaign.Limits,
            Findings = campaign.Status is CampaignStatus.Draft or CampaignStatus.ChangesRequested or CampaignStatus.InReview
                ? CampaignLint.Check(await lint.GroundOfAsync(db, campaign, purpose, cancellationToken), campaign)
                : [],
            Confirmed = campaign.Status == CampaignStatus.InReview ? await CampaignApprovals.ConfirmedAsync(db, campaign, cancellationToken) : [],
        };
    }

    private static async Task<IReadOnlyList<ExcludedView>> ExclusionsAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        var ids = campaign.Exclusions.Select(e => e.SegmentId).ToList();
        var segments = await db.Segments.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(cancellationToken);
        return segments.ConvertAll(s => new ExcludedView(s.Id, s.Name, campaign.Exclusions.First(e => e.SegmentId == s.Id).Version, s.CurrentVersion));
    }

    private async Task<DryRunView?> DryRunAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken)
    {
        var run = campaign.DryRunId is { } known
            ? await db.DryRuns.AsNoTracking().SingleOrDefaultAsync(d => d.Id == known, cancellationToken)
            : await db.DryRuns.AsNoTracking().Where(d => d.CampaignId == campaign.Id).OrderByDescending(d => d.Id).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
            return null;
        var detail = DryRunDetail.Read(run.DetailJson);
        var isCurrent = run.Id == campaign.DryRunId && run.ContentHash == await CampaignReach.HashWithoutDryRunAsync(db, campaign, purpose, cancellationToken);
        return new DryRunView(run.Id, run.At, run.Audience, run.Allowed, run.Deferred, run.Excluded, detail, isCurrent, await MaskedAsync(db, detail, cancellationToken));
    }

    private async Task<IReadOnlyDictionary<Guid, string>> MaskedAsync(PortalDbContext db, DryRunDetail detail, CancellationToken cancellationToken)
    {
        var ids = detail.Reasons.SelectMany(r => r.Samples).Distinct().Take(200).Select(SubscriberId.From).ToList();
        var rows = await db.Subscribers.AsNoTracking().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region }).ToListAsync(cancellationToken);
        return rows.ToDictionary(s => s.Id.Value, s => vault.Open(s.Id, s.WrappedKey, s.PhoneSealed, null, s.Region)?.Phone.ToString() ?? "Erased");
    }
}
