using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Status">Null for all.</param>
/// <param name="Page">From 0.</param>
/// <param name="Search">Part of the name, in capitals or not; null for all.</param>
public sealed record CampaignQuery(CampaignStatus? Status = null, int Page = 0, string? Search = null);

/// <param name="Texts">Rows of the ledger; 0 before planning.</param>
/// <param name="Done">Of them, those that nothing more happens to: sent, skipped, failed.</param>
/// <param name="Sent">Handed to the provider.</param>
public sealed record CampaignRow(
    CampaignId Id, string Name, string Purpose, string Segment, CampaignStatus Status, DateTimeOffset StartAt, DateTimeOffset UpdatedAt, int Texts, int Done, int Sent, int Delivered)
{
    /// <summary>The time on each person's own clock at which it starts for them; null where it starts at one instant for all.</summary>
    public DateTime? LocalStart { get; init; }

    /// <summary>Texts that left in the minute before; null for a campaign that is not sending.</summary>
    public int? LastMinute { get; init; }

    /// <summary>People who withdrew from its purpose within 30 days of its text, before another text of the purpose came.</summary>
    public int OptOuts { get; init; }
}

/// <param name="StartAt">Tells the runs of one name apart.</param>
public sealed record CampaignName(CampaignId Id, string Name, DateTimeOffset StartAt);

/// <param name="ByStatus">Campaigns of each status among those with such a name, whichever status was asked for.</param>
public sealed record CampaignListPage(IReadOnlyList<CampaignRow> Rows, int Total, IReadOnlyDictionary<CampaignStatus, int> ByStatus);

/// <summary>Campaigns, the latest start first.</summary>
public sealed class CampaignList(PortalDatabase database, TimeProvider clock)
{
    public const int PageSize = 25;

    public async Task<CampaignListPage> PageAsync(Actor actor, CampaignQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var named = await NamedAsync(db, query.Search, cancellationToken);
        var counts = await named.GroupBy(c => c.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var matching = query.Status is { } status ? named.Where(c => c.Status == status) : named;
        var page = await (
            from campaign in matching.AsNoTracking().OrderByDescending(c => c.StartAt).ThenBy(c => c.Id).Skip(Math.Max(0, query.Page) * PageSize).Take(PageSize)
            join purpose in db.Purposes on campaign.PurposeId equals purpose.Id
            join segment in db.Segments on campaign.SegmentId equals segment.Id
            orderby campaign.StartAt descending, campaign.Id
            select new { campaign.Id, campaign.Name, campaign.PurposeId, Purpose = purpose.Name, Segment = segment.Name, campaign.Status, campaign.StartAt, campaign.StartsLocally, campaign.StartedAt, campaign.FinishedAt, campaign.UpdatedAt })
            .ToListAsync(cancellationToken);
        var states = await StatesAsync(db, [.. page.Select(c => (CampaignId?)c.Id)], cancellationToken);
        var refused = await RefusedAsync(db, [.. page.Select(c => (CampaignId?)c.Id)], cancellationToken);
        var speeds = await SpeedsAsync(db, [.. page.Where(c => c.Status == CampaignStatus.Sending).Select(c => (CampaignId?)c.Id)], cancellationToken);
        var optOuts = await CampaignOutcomes.OptOutCountsAsync(
            db, [.. page.Where(c => c.StartedAt is not null && states.Contains(c.Id)).Select(c => new SentCampaign(c.Id, c.PurposeId, c.StartedAt!.Value, c.FinishedAt))], cancellationToken);
        return new CampaignListPage(
            [.. page.Select(c =>
            {
                var own = states[c.Id].ToDictionary(s => s.State, s => s.Count);
                return new CampaignRow(c.Id, c.Name, c.Purpose, c.Segment, c.Status, c.StartAt, c.UpdatedAt, own.Values.Sum(),
                    own.Where(s => LedgerStates.IsDone(s.Key)).Sum(s => s.Value), own.Where(s => LedgerStates.IsSent(s.Key)).Sum(s => s.Value) - refused.GetValueOrDefault(c.Id),
                    own.GetValueOrDefault(MessageState.Delivered))
                {
                    LocalStart = c.StartsLocally ? SendTiming.WallClockOf(c.StartAt) : null,
                    LastMinute = c.Status == CampaignStatus.Sending ? speeds.GetValueOrDefault(c.Id) : null, OptOuts = optOuts.GetValueOrDefault(c.Id),
                };
            })],
            query.Status is { } wanted ? counts.GetValueOrDefault(wanted) : counts.Values.Sum(), counts);
    }

    /// <summary>All of them by name alone, the latest start first.</summary>
    public async Task<IReadOnlyList<CampaignName>> NamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await db.Campaigns.AsNoTracking().OrderByDescending(c => c.StartAt).ThenBy(c => c.Id).Select(c => new CampaignName(c.Id, c.Name, c.StartAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Names are compared here: SQLite knows capitals of the Latin alphabet without accents only.</summary>
    private static async Task<IQueryable<Campaign>> NamedAsync(PortalDbContext db, string? search, CancellationToken cancellationToken)
    {
        if (search?.Trim() is not { Length: > 0 } part)
            return db.Campaigns;
        var names = await db.Campaigns.AsNoTracking().Select(c => new { c.Id, c.Name }).ToListAsync(cancellationToken);
        CampaignId[] ids = [.. names.Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(c => c.Id)];
        return db.Campaigns.Where(c => EF.Parameter(ids).Contains(c.Id));
    }

    private static Task<Dictionary<CampaignId, int>> RefusedAsync(PortalDbContext db, List<CampaignId?> ids, CancellationToken cancellationToken) =>
        CampaignOutcomes.NeverLeft(db.OutboundMessages.Where(m => ids.Contains(m.CampaignId))).GroupBy(m => m.CampaignId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, cancellationToken);

    private async Task<Dictionary<CampaignId, int>> SpeedsAsync(PortalDbContext db, List<CampaignId?> sending, CancellationToken cancellationToken)
    {
        if (sending.Count == 0)
            return [];
        var since = clock.GetUtcNow() - SendingSpeed.Minute;
        return await db.OutboundMessages.Where(m => sending.Contains(m.CampaignId) && m.SentAt > since).GroupBy(m => m.CampaignId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, cancellationToken);
    }

    private static async Task<ILookup<CampaignId, (MessageState State, int Count)>> StatesAsync(PortalDbContext db, List<CampaignId?> ids, CancellationToken cancellationToken) =>
        (await db.OutboundMessages.Where(m => ids.Contains(m.CampaignId)).GroupBy(m => new { m.CampaignId, m.State })
            .Select(g => new { g.Key.CampaignId, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken))
        .ToLookup(g => g.CampaignId!.Value, g => (g.State, g.Count));
}

internal static class LedgerStates
{
    public static bool IsDone(MessageState state) => state is not (MessageState.Planned or MessageState.Deferred or MessageState.Sending);

    /// <summary>Handed to the provider, as far as the state tells: of those that failed, some never left (<see cref="CampaignOutcomes.NeverLeft"/>).</summary>
    public static bool IsSent(MessageState state) =>
        state is MessageState.Accepted or MessageState.Delivered or MessageState.Failed or MessageState.Expired or MessageState.Unconfirmed;
}
