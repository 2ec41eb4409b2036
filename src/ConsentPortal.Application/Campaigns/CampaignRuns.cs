using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="People">Rows of the ledger; 0 before planning.</param>
public sealed record CampaignRun(CampaignId Id, int Number, DateTimeOffset StartAt, CampaignStatus Status, int People, int Sent, int Delivered, int OptOuts);

/// <summary>The runs of a campaign that repeats, each with its own results.</summary>
public sealed class CampaignRuns(PortalDatabase database)
{
    private const int Most = 50;

    /// <returns>The latest, newest first.</returns>
    public async Task<IReadOnlyList<CampaignRun>> LatestAsync(Actor actor, CampaignId series, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var runs = await db.Campaigns.AsNoTracking().Where(c => c.SeriesId == series).OrderByDescending(c => c.RunNumber)
            .Select(c => new { c.Id, c.RunNumber, c.StartAt, c.Status, c.PurposeId }).Take(Most).ToListAsync(cancellationToken);
        List<CampaignId?> ids = [.. runs.Select(r => (CampaignId?)r.Id)];
        var states = (await db.OutboundMessages.Where(m => ids.Contains(m.CampaignId)).GroupBy(m => new { m.CampaignId, m.State })
            .Select(g => new { g.Key.CampaignId, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken)).ToLookup(g => g.CampaignId!.Value);
        var refused = await CampaignOutcomes.NeverLeft(db.OutboundMessages.Where(m => ids.Contains(m.CampaignId))).GroupBy(m => m.CampaignId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, cancellationToken);
        var optOuts = runs.Count == 0 ? [] : (await CampaignOutcomes.OptOutsAsync(db, db.OutboundMessages.Where(m => ids.Contains(m.CampaignId)), runs[0].PurposeId, cancellationToken))
            .CountBy(o => o.CampaignId!.Value).ToDictionary();
        return
        [
            .. runs.Select(r => new CampaignRun(
                r.Id, r.RunNumber!.Value, r.StartAt, r.Status, states[r.Id].Sum(s => s.Count), states[r.Id].Where(s => LedgerStates.IsSent(s.State)).Sum(s => s.Count) - refused.GetValueOrDefault(r.Id),
                states[r.Id].Where(s => s.State == MessageState.Delivered).Sum(s => s.Count), optOuts.GetValueOrDefault(r.Id))),
        ];
    }
}
