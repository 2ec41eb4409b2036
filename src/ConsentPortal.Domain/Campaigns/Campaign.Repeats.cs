using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// A campaign that repeats sends nothing itself: each run is a campaign of its own, with its own texts and results, made
/// from what was approved. The approval covers the words, the rule of the audience and when it repeats.
/// </summary>
public sealed partial class Campaign
{
    public RepeatEvery? RepeatEvery { get; private set; }

    public WeekDays RepeatDays { get; private set; }

    public string? RepeatZone { get; private set; }

    public DateOnly? RepeatUntil { get; private set; }

    public int? RepeatTimes { get; private set; }

    public int DriftPercent { get; private set; } = Recurrence.UsualDrift;

    /// <summary>When its next run starts; null before it is launched and after its last run.</summary>
    public DateTimeOffset? NextRunAt { get; private set; }

    public int RunsMade { get; private set; }

    /// <summary>How many people somebody let a held run go to: what later audiences are compared with. Null for the approved dry run.</summary>
    public int? AgreedAudience { get; private set; }

    /// <summary>Of a run that waits for a person: how many people it would go to.</summary>
    public int? HeldAudience { get; private set; }

    /// <summary>Of a run: the campaign that repeats.</summary>
    public CampaignId? SeriesId { get; private init; }

    /// <summary>Of a run: from 1.</summary>
    public int? RunNumber { get; private init; }

    /// <summary>Null for a campaign that is sent once, and for a run.</summary>
    public Recurrence? Repeats => RepeatEvery is { } every ? new Recurrence(every, RepeatDays, RepeatZone!, RepeatUntil, RepeatTimes, DriftPercent) : null;

    /// <summary>Whether its next run waits until somebody has looked at it.</summary>
    public bool IsHeld => Status == CampaignStatus.Paused && HeldAudience is not null;

    public void Repeat(Recurrence? recurrence)
    {
        (RepeatEvery, RepeatDays, RepeatZone) = (recurrence?.Every, recurrence?.Days ?? WeekDays.None, recurrence?.Zone);
        (RepeatUntil, RepeatTimes, DriftPercent) = (recurrence?.Until, recurrence?.Times, recurrence?.DriftPercent ?? Recurrence.UsualDrift);
    }

    /// <summary>Launched: its runs start by themselves when their times come.</summary>
    /// <param name="contentHash">Of the content as it is now; must be what was approved.</param>
    /// <param name="after">Runs at or before this instant (UTC) are not made any more.</param>
    public Result<Done> BeginRepeating(string contentHash, DateTimeOffset after, DateTimeOffset now)
    {
        if (Status != CampaignStatus.Approved)
            return new CampaignNotReady($"This campaign is {Status}; it needs an approval by a second person before it can repeat.");
        if (!string.Equals(contentHash, ApprovedHash, StringComparison.Ordinal))
            return new CampaignNotReady("The content differs from what was approved. Nothing was started; send it to review again.");
        if (Repeats!.NextAfter(StartAt, after) is not { } next)
            return new CampaignNotReady("Its last day has passed, so there is no run to come. Choose a later day and have it approved again.");
        (Status, StartedAt, NextRunAt, AgreedAudience) = (CampaignStatus.Repeating, now, next, null);
        return Done.Value;
    }

    /// <summary>The next run as a campaign of its own, already approved; this one waits for the run after it, or ends.</summary>
    /// <param name="reached">The segments that its audience reaches through others, as they were approved.</param>
    /// <remarks>Its hash is that of its own content, which differs from the approved one in when it starts.</remarks>
    public Campaign MakeRun(Purpose purpose, IReadOnlyCollection<SegmentAt> reached, DateTimeOffset now)
    {
        var start = NextRunAt!.Value;
        var run = new Campaign
        {
            Id = CampaignId.New(now), SeriesId = Id, RunNumber = ++RunsMade, Name = NameOfRun(RunsMade), PurposeId = PurposeId, SegmentId = SegmentId, SegmentVersion = SegmentVersion,
            AtMost = AtMost, HoldoutPercent = HoldoutPercent, Body = Body, Weight = Weight, CountsClicks = CountsClicks, Subject = Subject, StartAt = start, NotAfter = NotAfter is { } end ? start + (end - StartAt) : null,
            TextsPerMinute = TextsPerMinute, OptOutLimit = OptOutLimit, FailureLimit = FailureLimit, LimitsFrom = LimitsFrom, IdleDays = IdleDays, AnswerDays = AnswerDays, WhenSilent = WhenSilent, AuthorId = AuthorId, WriterIds = WriterIds, CreatedAt = now,
            _status = CampaignStatus.Preparing, StartedAt = now, SubmittedById = SubmittedById, ApprovedById = ApprovedById, ApprovedAt = ApprovedAt,
        };
        run.Exclude(Exclusions.ToDictionary(e => e.SegmentId, e => e.Version));
        run.Write([.. Texts.Select(t => (t.Body, t.Weight))]);
        run.Translate(Language, Translations);
        run.Time(StartsLocally, Hours);
        run.ApprovedHash = CampaignContent.HashOf(run, purpose, reached);
        MoveOn(start, now);
        return run;
    }

    /// <summary>Leaves out every run up to an instant.</summary>
    public void SkipRuns(DateTimeOffset until, DateTimeOffset now) => MoveOn(until, now);

    /// <summary>Keeps the next run for a person who looks at it first.</summary>
    public void Hold(string reason, int audience) => (Status, StatusReason, HeldAudience) = (CampaignStatus.Paused, reason, audience);

    /// <summary>Lets the held run go to as many people as there are, which is what later audiences are compared with.</summary>
    public Result<Done> Release(Guid staffId, DateTimeOffset now)
    {
        if (HeldAudience is not { } audience || Status != CampaignStatus.Paused)
            return new CampaignNotReady($"This campaign is {Status}; no run of it waits for a person.");
        if (IsWorkOf(staffId))
            return new SecondPersonNeeded();
        (Status, StatusReason, AgreedAudience, HeldAudience) = (CampaignStatus.Repeating, null, audience, null);
        NextRunAt = NextRunAt < now ? now : NextRunAt;
        return Done.Value;
    }

    private void ResumeRepeating(DateTimeOffset now)
    {
        var past = HeldAudience is not null && NextRunAt > now ? NextRunAt.Value : now;
        (Status, StatusReason, HeldAudience) = (CampaignStatus.Repeating, null, null);
        if (NextRunAt <= past)
            MoveOn(past, now);
    }

    private void MoveOn(DateTimeOffset after, DateTimeOffset now)
    {
        NextRunAt = RepeatTimes <= RunsMade ? null : Repeats!.NextAfter(StartAt, after);
        if (NextRunAt is null)
            Finish(now);
    }

    private string NameOfRun(int number)
    {
        var end = string.Create(System.Globalization.CultureInfo.InvariantCulture, $", run {number}");
        return Name[..Math.Min(Name.Length, LongestName - end.Length)] + end;
    }
}
