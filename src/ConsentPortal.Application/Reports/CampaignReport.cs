using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>What one campaign did, and on what ground, for somebody who was not there.</summary>
/// <param name="ApprovedHash">What the approver signed; null when nobody has approved.</param>
/// <param name="Hours">Texts by the hour of the day (UTC) at which they went to the provider; 24 figures.</param>
public sealed record CampaignReport(
    CampaignView Campaign, string? ApprovedHash, DateTimeOffset CreatedAt, CampaignFigures Figures, IReadOnlyList<CountryFigures> Countries,
    IReadOnlyList<WordingUse> Wordings, IReadOnlyList<int> Hours);

public sealed record CountryFigures(string? Region, int Planned, int Sent, int Delivered, int NotSent);

/// <summary>How many texts rest on a consent given under one wording.</summary>
public sealed record WordingUse(string Language, int Version, string Text, string Hash, int Texts);

/// <summary>Gathers the report's figures from the send ledger.</summary>
internal sealed class CampaignReportReader(PortalDbContext db, CampaignId id)
{
    public async Task<CampaignReport> ReadAsync(CampaignView campaign, CampaignFigures figures, CancellationToken cancellationToken)
    {
        var row = await db.Campaigns.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.ApprovedHash, c.CreatedAt }).SingleAsync(cancellationToken);
        return new CampaignReport(
            campaign, row.ApprovedHash, row.CreatedAt, figures, await CountriesAsync(cancellationToken), await WordingsAsync(cancellationToken), await HoursAsync(cancellationToken));
    }

    private async Task<IReadOnlyList<CountryFigures>> CountriesAsync(CancellationToken cancellationToken)
    {
        var counts = await (
            from message in db.OutboundMessages.AsNoTracking()
            where message.CampaignId == id
            join person in db.Subscribers on message.SubscriberId equals person.Id
            group message by new { person.Region, message.State, HasLeft = message.SentAt != null } into texts
            select new { texts.Key.Region, texts.Key.State, texts.Key.HasLeft, Count = texts.Count() }).ToListAsync(cancellationToken);
        return
        [
            .. counts.GroupBy(c => c.Region).Select(g => new CountryFigures(
                    g.Key, g.Sum(c => c.Count), g.Where(c => c.HasLeft && LedgerStates.IsSent(c.State)).Sum(c => c.Count),
                    g.Where(c => c.State == MessageState.Delivered).Sum(c => c.Count), g.Where(c => c.State == MessageState.Skipped).Sum(c => c.Count)))
                .OrderByDescending(c => c.Planned).ThenBy(c => c.Region, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<WordingUse>> WordingsAsync(CancellationToken cancellationToken)
    {
        var uses = await (
            from message in db.OutboundMessages.AsNoTracking()
            where message.CampaignId == id && message.SentAt != null
            join e in db.ConsentEvents on message.ConsentEventId equals e.Id
            where e.WordingId != null
            group message by e.WordingId into texts
            select new { Wording = texts.Key!.Value, Count = texts.Count() }).ToListAsync(cancellationToken);
        var ids = uses.ConvertAll(u => u.Wording);
        var wordings = await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellationToken);
        return
        [
            .. uses.OrderByDescending(u => u.Count)
                .Select(u => (Wording: wordings[u.Wording], u.Count)).Select(u => new WordingUse(u.Wording.Language, u.Wording.Version, u.Wording.Text, u.Wording.Hash, u.Count)),
        ];
    }

    private async Task<IReadOnlyList<int>> HoursAsync(CancellationToken cancellationToken)
    {
        var hours = new int[24];
        await foreach (var at in db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id && m.SentAt != null).Select(m => m.SentAt!.Value)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hours[at.UtcDateTime.Hour]++;
        }

        return hours;
    }
}
