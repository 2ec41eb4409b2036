using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What came of the texts of one variant.</summary>
/// <param name="People">Who drew it, texted or not.</param>
/// <param name="Failed">Failed or expired.</param>
/// <param name="OptOuts">People who withdrew from the purpose within 30 days, before another text of it came.</param>
public sealed record VariantFigures(char Variant, int People, int Sent, int Delivered, int Failed, int OptOuts)
{
    /// <summary>People who opened one of its links.</summary>
    public int Clicked { get; init; }

    /// <summary>Of those that failed, how many the provider refused before they left: they are not among those sent.</summary>
    public int Refused { get; init; }
}

/// <summary>What came of the words of one text in one language.</summary>
/// <param name="Variant">Null for a campaign with one text.</param>
/// <param name="People">For whom they were chosen, texted or not.</param>
/// <param name="Failed">Failed or expired.</param>
/// <param name="OptOuts">People who withdrew from the purpose within 30 days, before another text of it came.</param>
public sealed record LanguageFigures(char? Variant, string Language, int People, int Sent, int Delivered, int Failed, int OptOuts)
{
    /// <summary>People who opened one of its links.</summary>
    public int Clicked { get; init; }

    /// <summary>Of those that failed, how many the provider refused before they left: they are not among those sent.</summary>
    public int Refused { get; init; }
}

/// <summary>What came of asking people to come back, of those whom the text has reached.</summary>
/// <param name="CameBack">Who has given a sign of life since, whether or not their time is over.</param>
/// <param name="Waiting">Who has not, and still has time.</param>
public sealed record ReengagementFigures(int CameBack, int Waiting, int ConsentEnded, int TextedSeldom);

/// <param name="At">When the person withdrew (UTC).</param>
internal sealed record OptOut(CampaignId? CampaignId, char? Variant, string? Language, DateTimeOffset At);

/// <param name="EndedAt">Null while it is not over.</param>
internal sealed record SentCampaign(CampaignId Id, PurposeId Purpose, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>Counts over the send ledger that several readers of a campaign share.</summary>
internal static class CampaignOutcomes
{
    /// <summary>Whoever stops later than this after a text had other reasons than that text.</summary>
    public static readonly TimeSpan OptOutTime = TimeSpan.FromDays(30);

    /// <summary>
    /// Of these texts, those after which the reader withdrew from the purpose: the last one of it before the withdrawal, so that each withdrawal counts for one
    /// campaign, and no longer ago than <see cref="OptOutTime"/>.
    /// </summary>
    public static async Task<IReadOnlyList<OptOut>> OptOutsAsync(PortalDbContext db, IQueryable<OutboundMessage> texts, PurposeId purpose, CancellationToken cancellationToken)
    {
        var found = await (
            from m in texts.AsNoTracking()
            where m.SentAt != null
            join e in db.ConsentEvents on m.SubscriberId equals e.SubscriberId
            where e.PurposeId == purpose && e.Kind == ConsentEventKind.Withdrawn && e.At >= m.SentAt
                && !db.OutboundMessages.Any(n => n.SubscriberId == m.SubscriberId && n.PurposeId == purpose && n.Kind == MessageKind.Campaign && n.SentAt > m.SentAt && n.SentAt <= e.At)
            orderby m.Id, e.At
            select new { m.Id, m.CampaignId, m.Variant, m.Language, SentAt = m.SentAt!.Value, e.At }).ToListAsync(cancellationToken);
        return [.. found.Where(o => o.At - o.SentAt <= OptOutTime).DistinctBy(o => o.Id).Select(o => new OptOut(o.CampaignId, o.Variant, o.Language, o.At))];
    }

    /// <summary>
    /// The same people counted for several campaigns at once. Begins with who withdrew, because they are few: of each it looks up the last text before.
    /// </summary>
    /// <returns>Campaigns after which nobody did are left out.</returns>
    public static async Task<IReadOnlyDictionary<CampaignId, int>> OptOutCountsAsync(PortalDbContext db, IReadOnlyList<SentCampaign> campaigns, CancellationToken cancellationToken)
    {
        if (campaigns.Count == 0)
            return new Dictionary<CampaignId, int>();
        var ids = campaigns.Select(c => (CampaignId?)c.Id).ToList();
        var purposes = campaigns.Select(c => c.Purpose).Distinct().ToList();
        var (first, last) = (campaigns.Min(c => c.StartedAt), campaigns.Max(c => c.EndedAt is { } ended ? ended + OptOutTime : DateTimeOffset.MaxValue));
        var withdrawals = db.ConsentEvents.AsNoTracking().Where(e => purposes.Contains(e.PurposeId) && e.Kind == ConsentEventKind.Withdrawn && e.At >= first && e.At <= last);
        var found = await (
            from e in withdrawals
            let text = db.OutboundMessages.Where(m => m.SubscriberId == e.SubscriberId && m.PurposeId == e.PurposeId && m.Kind == MessageKind.Campaign && m.SentAt <= e.At)
                .OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => (long?)m.Id).FirstOrDefault()
            join m in db.OutboundMessages on text equals (long?)m.Id
            where ids.Contains(m.CampaignId)
            select new { m.Id, m.CampaignId, SentAt = m.SentAt!.Value, e.At }).ToListAsync(cancellationToken);
        return found.Where(o => o.At - o.SentAt <= OptOutTime).DistinctBy(o => o.Id).CountBy(o => o.CampaignId!.Value).ToDictionary();
    }

    /// <summary>What the provider refused at once, or did not leave by what a person found out, has failed, but was never sent.</summary>
    public static IQueryable<OutboundMessage> NeverLeft(IQueryable<OutboundMessage> texts) => texts.Where(m => m.State == MessageState.Failed && m.SentAt == null);

    /// <summary>The texts of a campaign of whose links one was opened, each once.</summary>
    public static IQueryable<long> Clicked(PortalDbContext db, CampaignId id) =>
        db.SubscriberFacts.Where(f => f.CampaignId == id && f.MessageId != null).Select(f => f.MessageId!.Value).Distinct();

    /// <returns>Empty for a campaign with one text.</returns>
    public static async Task<IReadOnlyList<VariantFigures>> VariantsAsync(PortalDbContext db, CampaignId id, PurposeId purpose, CancellationToken cancellationToken)
    {
        if (!await db.Campaigns.AnyAsync(c => c.Id == id && c.OtherTexts.Any(), cancellationToken))
            return [];
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id && m.Variant != null);
        var states = await texts.GroupBy(m => new { m.Variant, m.State }).Select(g => new { Variant = g.Key.Variant!.Value, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken);
        var refused = await NeverLeft(texts).GroupBy(m => m.Variant).Select(g => new { Variant = g.Key!.Value, Count = g.Count() })
            .ToDictionaryAsync(g => g.Variant, g => g.Count, cancellationToken);
        var optOuts = (await OptOutsAsync(db, texts, purpose, cancellationToken)).CountBy(o => o.Variant!.Value).ToDictionary();
        var clicks = await Clicked(db, id).Join(texts, text => text, m => m.Id, (_, m) => m.Variant).GroupBy(v => v).Select(g => new { Variant = g.Key!.Value, Count = g.Count() })
            .ToDictionaryAsync(g => g.Variant, g => g.Count, cancellationToken);
        return
        [
            .. states.GroupBy(s => s.Variant).OrderBy(g => g.Key).Select(g => new VariantFigures(
                g.Key, g.Sum(s => s.Count), g.Where(s => LedgerStates.IsSent(s.State)).Sum(s => s.Count) - refused.GetValueOrDefault(g.Key), g.Where(s => s.State == MessageState.Delivered).Sum(s => s.Count),
                g.Where(s => s.State is MessageState.Failed or MessageState.Expired).Sum(s => s.Count), optOuts.GetValueOrDefault(g.Key))
            {
                Clicked = clicks.GetValueOrDefault(g.Key), Refused = refused.GetValueOrDefault(g.Key),
            }),
        ];
    }

    /// <summary>By text and language; people on whom nothing was decided yet are in none.</summary>
    /// <returns>Empty for a campaign with one language.</returns>
    public static async Task<IReadOnlyList<LanguageFigures>> LanguagesAsync(PortalDbContext db, CampaignId id, PurposeId purpose, CancellationToken cancellationToken)
    {
        if (!await db.Campaigns.AnyAsync(c => c.Id == id && c.Language != null, cancellationToken))
            return [];
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id && m.Language != null);
        var states = await texts.GroupBy(m => new { m.Variant, m.Language, m.State }).Select(g => new { g.Key.Variant, Language = g.Key.Language!, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken);
        var refused = (await NeverLeft(texts).GroupBy(m => new { m.Variant, m.Language }).Select(g => new { g.Key.Variant, Language = g.Key.Language!, Count = g.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(g => (g.Variant, g.Language), g => g.Count);
        var optOuts = (await OptOutsAsync(db, texts, purpose, cancellationToken)).CountBy(o => (o.Variant, o.Language!)).ToDictionary();
        var clicks = (await Clicked(db, id).Join(texts, text => text, m => m.Id, (_, m) => new { m.Variant, m.Language }).GroupBy(m => new { m.Variant, m.Language })
            .Select(g => new { g.Key.Variant, Language = g.Key.Language!, Count = g.Count() }).ToListAsync(cancellationToken)).ToDictionary(g => (g.Variant, g.Language), g => g.Count);
        return
        [
            .. states.GroupBy(s => (s.Variant, s.Language)).OrderBy(g => g.Key.Variant).ThenBy(g => g.Key.Language, StringComparer.Ordinal).Select(g => new LanguageFigures(
                g.Key.Variant, g.Key.Language, g.Sum(s => s.Count), g.Where(s => LedgerStates.IsSent(s.State)).Sum(s => s.Count) - refused.GetValueOrDefault(g.Key),
                g.Where(s => s.State == MessageState.Delivered).Sum(s => s.Count), g.Where(s => s.State is MessageState.Failed or MessageState.Expired).Sum(s => s.Count), optOuts.GetValueOrDefault(g.Key))
            {
                Clicked = clicks.GetValueOrDefault(g.Key), Refused = refused.GetValueOrDefault(g.Key),
            }),
        ];
    }

    /// <returns>Null for a campaign that asks nobody to come back.</returns>
    public static async Task<ReengagementFigures?> ReengagementAsync(PortalDbContext db, CampaignId id, CancellationToken cancellationToken)
    {
        if (!await db.Campaigns.AnyAsync(c => c.Id == id && c.IdleDays != null, cancellationToken))
            return null;
        var settled = await db.ReengagementAnswers.Where(a => a.CampaignId == id).GroupBy(a => a.Result).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var open = db.OutboundMessages.Where(m => m.CampaignId == id && m.State == MessageState.Delivered && !db.ReengagementAnswers.Any(a => a.CampaignId == id && a.SubscriberId == m.SubscriberId)
            && db.ConsentRecords.Any(r => r.SubscriberId == m.SubscriberId && r.PurposeId == m.PurposeId && r.Status == ConsentStatus.Granted));
        var back = await open.CountAsync(
            m => db.Subscribers.Any(s => s.Id == m.SubscriberId && s.LastEngagedAt >= m.SentAt)
                || db.ConsentRecords.Any(r => r.SubscriberId == m.SubscriberId && r.PurposeId == m.PurposeId && r.GrantedAt >= m.SentAt), cancellationToken);
        return new ReengagementFigures(
            settled.GetValueOrDefault(ReengagementResult.CameBack) + back, await open.CountAsync(cancellationToken) - back,
            settled.GetValueOrDefault(ReengagementResult.ConsentEnded), settled.GetValueOrDefault(ReengagementResult.TextedSeldom));
    }

    /// <param name="since">Texts decided on from then; null for all.</param>
    public static async Task<CampaignCounts> CountAsync(PortalDbContext db, CampaignId id, PurposeId purpose, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id);
        if (since is { } from)
            texts = texts.Where(m => m.DecidedAt >= from);
        var sent = await texts.CountAsync(m => m.SentAt != null, cancellationToken);
        // Texts that an outage kept from leaving say nothing of the numbers to which they would have gone.
        var failed = await texts.CountAsync(m => (m.State == MessageState.Failed && m.Reason != nameof(SendReason.SettledAsNotSent)) || m.State == MessageState.Expired, cancellationToken);
        var delivered = await texts.CountAsync(m => m.State == MessageState.Delivered, cancellationToken);
        return new CampaignCounts(sent, (await OptOutsAsync(db, texts, purpose, cancellationToken)).Count, delivered + failed, failed);
    }
}
