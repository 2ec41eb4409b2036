using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Analytics;

/// <summary>People who can be texted about one purpose, and those who have been asked.</summary>
public sealed record PurposeReach(PurposeId Id, string Name, MessageClass MessageClass, int Granted, int Pending);

/// <summary>One count a day, oldest first, and the sum of as many days before.</summary>
public sealed record DailyCounts(IReadOnlyList<long> Days, long Before)
{
    public long Total => Days.Sum();
}

/// <param name="Kind">Of the <see cref="ConsentEventKind"/>.</param>
/// <param name="Day">Of UTC, as <see cref="DateOnly.DayNumber"/> counts them.</param>
internal sealed record MovesOfDay(int Kind, long Day, int Count);

/// <param name="Sent">Texts that left, whatever became of them.</param>
public sealed record DeliveryFigures(int Sent, int Delivered, int Failed, int InDoubt, int Waiting);

public sealed record SendingCampaign(CampaignId Id, string Name, CampaignStatus Status, int Texts, int Done, DateTimeOffset? StartedAt);

public sealed record RecentAct(long Id, DateTimeOffset At, string Who, string Action, string ObjectKind, string ObjectId);

/// <param name="FirstDay">The day of the first count, in UTC.</param>
/// <param name="Campaigns">Null for somebody who may not see campaigns.</param>
/// <param name="Recent">Null for somebody who may not read the audit trail.</param>
/// <param name="At">When people and texts were counted (UTC); campaigns and recent acts are those of this moment.</param>
public sealed record DashboardFigures(
    IReadOnlyList<PurposeReach> Reach,
    DateOnly FirstDay,
    DailyCounts Granted,
    DailyCounts Withdrawn,
    DeliveryFigures Delivery,
    IReadOnlyList<SendingCampaign>? Campaigns,
    IReadOnlyList<RecentAct>? Recent,
    DateTimeOffset At)
{
    /// <summary>Null for somebody who may not see campaigns, and while the provider has not told.</summary>
    public KnownBalance? Balance { get; init; }
}

/// <summary>The first page: how many can be reached, how that moves, what is being sent, what happened last.</summary>
public sealed class Dashboard(PortalDatabase database, TimeProvider clock)
{
    public const int DayCount = 30;

    /// <summary>What was counted from more rows is said again for so long, with its time, however many people open the page.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private const int RecentCount = 8;

    // Entries that are passed one by one before an index is asked for the acts of people.
    private const int LookedBackAt = 2_000;

    private DashboardCounts? _kept;

    /// <summary>Counts of fewer rows take no time worth saving, and are always those of this moment.</summary>
    internal int RowsToKeep { get; init; } = 50_000;

    public async Task<DashboardFigures> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewDashboard);
        await using var db = database.Open();
        var counts = await CountsAsync(db, clock.GetUtcNow(), cancellationToken);
        return new DashboardFigures(
            counts.Reach, counts.FirstDay, counts.Granted, counts.Withdrawn, counts.Delivery,
            actor.May(Permissions.ViewCampaigns) ? await SendingAsync(db, cancellationToken) : null,
            actor.May(Permissions.ViewAudit) ? await RecentAsync(db, cancellationToken) : null, counts.At)
        {
            Balance = actor.May(Permissions.ViewCampaigns) ? await KnownBalance.FindAsync(db, cancellationToken) : null,
        };
    }

    private async Task<DashboardCounts> CountsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var firstDay = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - DayCount);
        if (_kept is { } kept && kept.FirstDay == firstDay && now - kept.At < Kept)
            return kept;
        var moves = await db.MovesByDay(StartOf(firstDay.AddDays(-DayCount))).ToListAsync(cancellationToken);
        var counts = new DashboardCounts(
            await ReachAsync(db, cancellationToken), firstDay,
            Daily(moves.Where(m => m.Kind != (int)ConsentEventKind.Withdrawn), firstDay),
            Daily(moves.Where(m => m.Kind == (int)ConsentEventKind.Withdrawn), firstDay),
            await DeliveryAsync(db, now.AddDays(-DayCount), cancellationToken), now);
        _kept = counts.Rows > RowsToKeep ? counts : null;
        return counts;
    }

    /// <summary>One stretch of the index of purpose and state for each figure: whoever withdrew, or never answered, is not passed.</summary>
    private static async Task<IReadOnlyList<PurposeReach>> ReachAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderByDescending(p => p.MessageClass).ThenBy(p => p.Name)
            .Select(p => new PurposeReach(
                p.Id, p.Name, p.MessageClass, db.ConsentRecords.Count(r => r.PurposeId == p.Id && r.Status == ConsentStatus.Granted),
                db.ConsentRecords.Count(r => r.PurposeId == p.Id && r.Status == ConsentStatus.Pending)))
            .ToListAsync(cancellationToken);

    private static DailyCounts Daily(IEnumerable<MovesOfDay> moves, DateOnly firstDay)
    {
        var days = new long[DayCount];
        var before = 0L;
        foreach (var move in moves)
        {
            var day = move.Day - firstDay.DayNumber;
            if (day < 0)
                before += move.Count;
            else if (day < DayCount)
                days[day] += move.Count;
        }

        return new DailyCounts(days, before);
    }

    private static async Task<DeliveryFigures> DeliveryAsync(PortalDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var states = await db.OutboundMessages.AsNoTracking().Where(m => m.PlannedAt >= since).GroupBy(m => m.State)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var refused = await CampaignOutcomes.NeverLeft(db.OutboundMessages.Where(m => m.PlannedAt >= since)).CountAsync(cancellationToken);
        var sent = states.Where(s => LedgerStates.IsSent(s.Key)).Sum(s => s.Value) - refused;
        return new DeliveryFigures(
            sent, states.GetValueOrDefault(MessageState.Delivered), states.GetValueOrDefault(MessageState.Failed) + states.GetValueOrDefault(MessageState.Expired),
            states.GetValueOrDefault(MessageState.Unconfirmed), states.GetValueOrDefault(MessageState.Planned) + states.GetValueOrDefault(MessageState.Deferred));
    }

    private static async Task<IReadOnlyList<SendingCampaign>> SendingAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var campaigns = await db.Campaigns.AsNoTracking()
            .Where(c => c.Status == CampaignStatus.Preparing || c.Status == CampaignStatus.Sending || c.Status == CampaignStatus.Paused)
            .OrderByDescending(c => c.StartedAt).Take(5).Select(c => new { c.Id, c.Name, c.Status, c.StartedAt }).ToListAsync(cancellationToken);
        var ids = campaigns.Select(c => (CampaignId?)c.Id).ToList();
        var counts = await db.OutboundMessages.AsNoTracking().Where(m => ids.Contains(m.CampaignId)).GroupBy(m => new { m.CampaignId, m.State })
            .Select(g => new { g.Key.CampaignId, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken);
        return
        [
            .. campaigns.Select(c => new SendingCampaign(
                c.Id, c.Name, c.Status, counts.Where(n => n.CampaignId == c.Id).Sum(n => n.Count),
                counts.Where(n => n.CampaignId == c.Id && LedgerStates.IsDone(n.State)).Sum(n => n.Count), c.StartedAt)),
        ];
    }

    private static async Task<IReadOnlyList<RecentAct>> RecentAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var ids = await RecentIdsAsync(db, cancellationToken);
        var entries = await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).OrderByDescending(e => e.Id)
            .Select(e => new { e.Id, e.At, e.ActorKind, e.ActorId, e.Action, e.ObjectKind, e.ObjectId }).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return [.. entries.Select(e => new RecentAct(e.Id, e.At, names.Of(e.ActorKind, e.ActorId), e.Action, e.ObjectKind, e.ObjectId))];
    }

    /// <summary>Jobs write far more than people do, and who signed in or looked is on the audit page, as are the texts that somebody's act ended.</summary>
    private static async Task<List<long>> RecentIdsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var newest = await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        var near = await db.AuditEntries.AsNoTracking()
            .Where(e => e.Id > newest - LookedBackAt && e.ActorKind == ActorKind.Staff && !e.Action.StartsWith("staff.sign") && !e.Action.EndsWith(".viewed") && !e.Action.StartsWith(NamedTexts.Actions))
            .OrderByDescending(e => e.Id).Take(RecentCount).Select(e => e.Id).ToListAsync(cancellationToken);
        if (near.Count == RecentCount)
            return near;
        // The index of actors holds all that is asked here, so that what jobs wrote in between is passed over.
        var staff = (await db.Users.AsNoTracking().Select(s => s.Id).ToListAsync(cancellationToken)).ConvertAll(id => id.ToString()).ToArray();
        return await db.AuditEntries.AsNoTracking().Where(e => EF.Parameter(staff).Contains(e.ActorId) && !e.Action.StartsWith("staff.sign") && !e.Action.EndsWith(".viewed") && !e.Action.StartsWith(NamedTexts.Actions))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(RecentCount).Select(e => e.Id).ToListAsync(cancellationToken);
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private sealed record DashboardCounts(
        IReadOnlyList<PurposeReach> Reach, DateOnly FirstDay, DailyCounts Granted, DailyCounts Withdrawn, DeliveryFigures Delivery, DateTimeOffset At)
    {
        public long Rows => Reach.Sum(r => (long)r.Granted + r.Pending) + Granted.Total + Granted.Before + Withdrawn.Total + Withdrawn.Before
            + Delivery.Sent + Delivery.Waiting;
    }
}
