using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Writes one row of the send ledger for everybody in the audience of a campaign that is about to start, and ends
/// campaigns that have no text left to send. It may die anywhere and run anywhere again: a person who has a row is passed
/// over, and the unique index refuses a second one.
/// </summary>
public sealed partial class CampaignPlanner(PortalDatabase database, Leases leases, TimeProvider clock, ILogger<CampaignPlanner> logger) : BackgroundService
{
    /// <summary>How long before its start a campaign is planned.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(10);

    internal const int UsualBatch = 2_000;

    /// <summary>In the audit trail, once everybody of the audience has a row.</summary>
    internal const string PlannedAction = "campaign.planned";

    private const string LeaseName = "campaign-planner";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);
    private static readonly Actor Planner = Actor.Job("campaign-planner");

    private readonly AudienceDrift _drift = new(database, clock);
    private readonly RecurringRuns _runs = new(database, clock, logger);
    private readonly SettleReengagement _silence = new(database, clock, logger);

    /// <summary>How long a text in doubt keeps its campaign from ending: whoever was sending it may yet say that it did not leave.</summary>
    internal TimeSpan DoubtTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>People planned in one transaction.</summary>
    internal int BatchSize { get; init; } = UsualBatch;

    /// <summary>Starts what is due, makes the runs of what repeats, plans what has started, ends what is done, settles whose time to react is over; tests call it directly.</summary>
    /// <returns>How many texts were planned.</returns>
    public async Task<int> PlanOnceAsync(CancellationToken cancellationToken)
    {
        if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
            return 0;
        await EachAsync(await DueAsync(CampaignStatus.Scheduled, cancellationToken), id => StartAsync(id, cancellationToken), cancellationToken);
        await _runs.MakeAsync(cancellationToken);
        var planned = 0;
        await EachAsync(await DueAsync(CampaignStatus.Preparing, cancellationToken), async id => planned += await PlanAsync(id, cancellationToken), cancellationToken);
        await EndLateAsync(cancellationToken);
        await FinishAsync(cancellationToken);
        await _silence.SettleAsync(cancellationToken);
        return planned;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                try
                {
                    await PlanOnceAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    // What was planned stays; the next turn goes on from there.
                    LogFailed(logger, problem);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private Task EachAsync(IEnumerable<CampaignId> campaigns, Func<CampaignId, Task> work, CancellationToken cancellationToken) =>
        EachCampaign.DoAsync(campaigns, work, logger, cancellationToken);

    private async Task<List<CampaignId>> DueAsync(CampaignStatus status, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Horizon;
        await using var db = database.Open();
        return await db.Campaigns.Where(c => c.Status == status && c.StartAt <= until).OrderBy(c => c.StartAt).Select(c => c.Id).ToListAsync(cancellationToken);
    }

    private async Task StartAsync(CampaignId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                // Paused, cancelled or taken back since it was found: that stands.
                if (campaign.Status != CampaignStatus.Scheduled)
                    return new CampaignNotReady($"This campaign is {campaign.Status}.");
                var started = purpose.RetiredAt is not null
                    ? RetiredPurposeCampaigns.NotReady
                    : campaign.Start(await CampaignReach.HashAsync(db, campaign, purpose, cancellationToken), now);
                if (started.IsSuccess)
                {
                    db.AuditCampaign(Planner, now, campaign, "campaign.launched");
                    return started;
                }

                // The purpose was changed under an approved campaign: its sender, say. It goes back to its author.
                campaign.SendBack(started.Failure.Message);
                db.AuditCampaign(Planner, now, campaign, "campaign.approvalVoided", started.Failure.Message);
                return Domain.Done.Value;
            },
            cancellationToken);
    }

    private async Task<int> PlanAsync(CampaignId id, CancellationToken cancellationToken)
    {
        var (now, planned) = (clock.GetUtcNow(), 0);
        if (!await _drift.MayBePlannedAsync(id, cancellationToken))
            return 0;
        await DrawLineAsync(id, now, cancellationToken);
        SubscriberId? last = new SubscriberId(Guid.Empty);
        while (last is { } after)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
                return planned;
            (var count, last) = await PlanBatchAsync(id, after, now, cancellationToken);
            planned += count;
            if (count > 0)
                LogPlanned(logger, count, id);
        }

        return planned;
    }

    /// <summary>
    /// Settles once up to which lot people get a campaign that only so many may get: whoever plans the rest, and whenever,
    /// goes by the same line. Read outside the transaction, which should not wait for a look at a million people.
    /// </summary>
    private async Task DrawLineAsync(CampaignId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long? line;
        await using (var db = database.Open())
        {
            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == id, cancellationToken);
            if (campaign.CapLine is not null)
                return;
            var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken);
            line = await (await CampaignAudience.ReadAsync(db, campaign, purpose, cancellationToken)).LineAsync(db, now, cancellationToken);
        }

        if (line is not null)
            await database.WriteAsync(
                db => db.Campaigns.Where(c => c.Id == id && c.CapLine == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.CapLine, line), cancellationToken), cancellationToken);
    }

    /// <returns>How many rows were written, and after whom to go on; null when the campaign is planned or may not be planned any more.</returns>
    private async Task<(int Count, SubscriberId? Last)> PlanBatchAsync(CampaignId id, SubscriberId after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsJobAsync(db => WriteBatchAsync(db, id, after, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsTaken(problem))
        {
            // Another process planned the same people between our look and our write: look again.
            return (0, after);
        }
    }

    private bool IsTaken(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }

    private async Task<(int Count, SubscriberId? Last)> WriteBatchAsync(
        PortalDbContext db, CampaignId id, SubscriberId after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.ExpectManyRowsAsync(cancellationToken);
        // Takes the campaign's row, so that a pause or cancellation comes wholly before or wholly after this batch.
        if (await db.Campaigns.Where(c => c.Id == id && c.Status == CampaignStatus.Preparing).ExecuteUpdateAsync(c => c.SetProperty(x => x.UpdatedAt, now), cancellationToken) == 0)
            return (0, null);
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id, cancellationToken);
        var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken);
        if (purpose.RetiredAt is not null)
        {
            RetiredPurposeCampaigns.Stop(db, Planner, campaign, now);
            return (0, null);
        }

        var audience = await CampaignAudience.ReadAsync(db, campaign, purpose, cancellationToken);
        var people = await Unplanned(db, id, audience.People(db, after, now)).Take(BatchSize).ToListAsync(cancellationToken);
        if (people.Count == 0)
        {
            campaign.BeginSending();
            campaign.Touch(now);
            db.AuditCampaign(Planner, now, campaign, PlannedAction, after: new Dictionary<string, object?>
            {
                ["people"] = await db.OutboundMessages.CountAsync(m => m.CampaignId == id, cancellationToken),
                ["texts"] = await db.OutboundMessages.CountAsync(m => m.CampaignId == id && m.State == MessageState.Planned, cancellationToken),
            });
            return (0, null);
        }

        var left = await audience.LeftOutAsync(db, people, campaign.CapLine, now, cancellationToken);
        var takers = campaign.AtMost is null ? null : await audience.TakersAsync(db, people, now, cancellationToken);
        var texts = people.ConvertAll(person => Text(campaign, purpose, person, now));
        foreach (var text in texts)
            if (left.TryGetValue(text.SubscriberId, out var reason))
                LeaveOut(text, reason, now);
            else if (takers?.Contains(text.SubscriberId) == false)
                text.PlanWithoutPlace();
            else if (takers is not null && !campaign.TakePlace())
                LeaveOut(text, SendReason.AudienceCap, now);
        await db.InsertAsync(texts, cancellationToken);
        return (people.Count, people[^1]);
    }

    private static OutboundMessage Text(Campaign campaign, Purpose purpose, SubscriberId person, DateTimeOffset now) => new()
    {
        SubscriberId = person, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = purpose.MessageClass, PurposeId = purpose.Id,
        ClientRef = Replies.NewClientRef(now), PlannedAt = now, DueAt = campaign.StartAt, NotAfter = campaign.NotAfter, State = MessageState.Planned,
        Variant = campaign.VariantOf(person),
    };

    /// <summary>Whoever gets nothing has a row too: everybody of the audience is accounted for.</summary>
    private static void LeaveOut(OutboundMessage text, SendReason reason, DateTimeOffset now) =>
        (text.State, text.Reason, text.FinalAt, text.Variant) = (MessageState.Skipped, reason.ToString(), now, null);

    private static IQueryable<SubscriberId> Unplanned(PortalDbContext db, CampaignId id, IQueryable<Subscriber> people) =>
        people.Where(s => !db.OutboundMessages.Any(m => m.CampaignId == id && m.SubscriberId == s.Id)).Select(s => s.Id);

    /// <summary>What still waits when a campaign's last moment has passed ends together: at a slow pace, turn by turn, it would take long to say so.</summary>
    private async Task EndLateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<CampaignId> late;
        await using (var db = database.Open())
            late = await db.Campaigns.Where(c => c.Status == CampaignStatus.Sending && c.NotAfter <= now
                && db.OutboundMessages.Any(m => m.CampaignId == c.Id && (m.State == MessageState.Planned || m.State == MessageState.Deferred))).Select(c => c.Id).ToListAsync(cancellationToken);
        await EachAsync(late, id => EndLateAsync(id, now, cancellationToken), cancellationToken);
    }

    private Task<Domain.Result<Domain.Done>> EndLateAsync(CampaignId id, DateTimeOffset now, CancellationToken cancellationToken) => CampaignChange.ApplyAsync(
        database, id, now,
        async (db, campaign, _) =>
        {
            if (campaign.Status != CampaignStatus.Sending)
                return new CampaignNotReady($"This campaign is {campaign.Status}.");
            var ended = await db.OutboundMessages
                .Where(m => m.CampaignId == id && (m.State == MessageState.Planned || m.State == MessageState.Deferred) && (m.LeaseUntil == null || m.LeaseUntil < now))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, nameof(SendReason.PastNotAfter)).SetProperty(x => x.FinalAt, now), cancellationToken);
            if (ended == 0)
                return Domain.Done.Value;
            db.AuditCampaign(Planner, now, campaign, "campaign.tooLate", after: new Dictionary<string, object?> { ["texts"] = ended, ["notAfter"] = campaign.NotAfter });
            await TextTrail.NameSkippedAsync(db, Planner, db.OutboundMessages.Where(m => m.CampaignId == id && m.DecidedAt != null), now, cancellationToken);
            return Domain.Done.Value;
        },
        cancellationToken);

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<CampaignId> done;
        await using (var db = database.Open())
            done = await Ended(db, now).Select(c => c.Id).ToListAsync(cancellationToken);
        await EachAsync(done, id => FinishAsync(id, now, cancellationToken), cancellationToken);
    }

    private Task<Domain.Result<Domain.Done>> FinishAsync(CampaignId id, DateTimeOffset now, CancellationToken cancellationToken) => CampaignChange.ApplyAsync(
        database, id, now,
        async (db, campaign, _) =>
        {
            if (!await Ended(db, now).AnyAsync(c => c.Id == id, cancellationToken))
                return new CampaignNotReady($"This campaign is {campaign.Status}, or has texts that wait.");
            campaign.Finish(now);
            db.AuditCampaign(Planner, now, campaign, "campaign.finished");
            return Domain.Done.Value;
        },
        cancellationToken);

    private IQueryable<Campaign> Ended(PortalDbContext db, DateTimeOffset now)
    {
        var since = now - DoubtTime;
        return db.Campaigns.Where(c => c.Status == CampaignStatus.Sending
            && !db.OutboundMessages.Any(m => m.CampaignId == c.Id && (m.State == MessageState.Planned || m.State == MessageState.Deferred || m.State == MessageState.Sending))
            && !db.OutboundMessages.Any(m => m.CampaignId == c.Id && m.State == MessageState.Unconfirmed && m.SentAt > since));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Planned {Count} texts of campaign {CampaignId}")]
    private static partial void LogPlanned(ILogger logger, int count, CampaignId campaignId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Planning campaigns failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
