using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>What one campaign did, and on what ground, for somebody who was not there.</summary>
/// <param name="ApprovedHash">What the approver signed; null when nobody has approved.</param>
/// <param name="Hours">Texts by the hour of the day (UTC) at which they went to the provider; 24 figures.</param>
/// <param name="Course">What happened in each hour in which anything did, in order.</param>
/// <param name="Held">What hours and caps held back, whether or not it left later.</param>
public sealed record CampaignReport(
    CampaignView Campaign, string? ApprovedHash, DateTimeOffset CreatedAt, CampaignFigures Figures, IReadOnlyList<CountryFigures> Countries,
    IReadOnlyList<WordingUse> Wordings, IReadOnlyList<int> Hours, IReadOnlyList<CampaignHour> Course, IReadOnlyList<HeldBack> Held);

public sealed record CountryFigures(string? Region, int Planned, int Sent, int Delivered, int NotSent);

/// <param name="Hour">Its first instant (UTC).</param>
/// <param name="Sent">Texts that went to the provider.</param>
/// <param name="Delivered">Texts of which the provider said so in this hour.</param>
/// <param name="Failed">As well, failed or expired.</param>
public sealed record CampaignHour(DateTimeOffset Hour, int Sent, int Delivered, int Failed);

/// <summary>How many texts rest on a consent given under one wording.</summary>
public sealed record WordingUse(string Language, int Version, string Text, string Hash, int Texts);

/// <summary>Gathers the report's figures from the send ledger.</summary>
internal sealed class CampaignReportReader(PortalDbContext db, CampaignId id)
{
    public async Task<CampaignReport> ReadAsync(CampaignView campaign, CampaignFigures figures, CancellationToken cancellationToken)
    {
        var row = await db.Campaigns.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.ApprovedHash, c.CreatedAt }).SingleAsync(cancellationToken);
        var course = await CourseAsync(cancellationToken);
        return new CampaignReport(
            campaign, row.ApprovedHash, row.CreatedAt, figures, await CountriesAsync(cancellationToken), await WordingsAsync(cancellationToken), HoursOfDay(course), course,
            HeldTexts.Of(await HeldTexts.Count(db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id && m.FirstHeldAt != null)).ToListAsync(cancellationToken)));
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

    private static int[] HoursOfDay(IReadOnlyList<CampaignHour> course)
    {
        var hours = new int[24];
        foreach (var hour in course)
            hours[hour.Hour.Hour] += hour.Sent;
        return hours;
    }

    private async Task<IReadOnlyList<CampaignHour>> CourseAsync(CancellationToken cancellationToken)
    {
        var hours = new SortedDictionary<DateTimeOffset, CampaignHour>();
        await foreach (var text in db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id && m.SentAt != null).Select(m => new { SentAt = m.SentAt!.Value, m.FinalAt, m.State })
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var sent = Hour(text.SentAt);
            hours[sent.Hour] = sent with { Sent = sent.Sent + 1 };
            if (text.FinalAt is not { } at)
                continue;
            var final = Hour(at);
            hours[final.Hour] = final with
            {
                Delivered = final.Delivered + (text.State == MessageState.Delivered ? 1 : 0), Failed = final.Failed + (text.State is MessageState.Failed or MessageState.Expired ? 1 : 0),
            };
        }

        return [.. hours.Values];

        CampaignHour Hour(DateTimeOffset at)
        {
            var begin = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
            return hours.GetValueOrDefault(begin, new CampaignHour(begin, 0, 0, 0));
        }
    }
}
