using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>How many people the latest campaigns of a purpose made stop.</summary>
/// <param name="Texts">Sent by them.</param>
public sealed record PastOptOuts(int Campaigns, int Texts, int OptOuts)
{
    private const int Latest = 5;

    /// <summary>Of fewer texts one opt-out is a large share.</summary>
    private const int Enough = StopLimits.UsualFrom;

    /// <summary>How many of so many people would stop if this campaign were like those.</summary>
    /// <returns>Null where too little was sent to tell.</returns>
    public int? Of(int people) => Texts < Enough ? null : (int)Math.Round((double)people * OptOuts / Texts, MidpointRounding.AwayFromZero);

    internal static async Task<PastOptOuts> ReadAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        // A campaign that repeats sends nothing itself: its runs count.
        var latest = await db.Campaigns.AsNoTracking()
            .Where(c => c.PurposeId == campaign.PurposeId && c.Id != campaign.Id && c.StartedAt != null && c.RepeatEvery == null && db.OutboundMessages.Any(m => m.CampaignId == c.Id && m.SentAt != null))
            .OrderByDescending(c => c.StartedAt).ThenBy(c => c.Id).Select(c => c.Id).Take(Latest).ToListAsync(cancellationToken);
        var (texts, optOuts) = (0, 0);
        foreach (var id in latest)
        {
            var counts = await CampaignOutcomes.CountAsync(db, id, campaign.PurposeId, null, cancellationToken);
            (texts, optOuts) = (texts + counts.Sent, optOuts + counts.OptOuts);
        }

        return new PastOptOuts(latest.Count, texts, optOuts);
    }
}
