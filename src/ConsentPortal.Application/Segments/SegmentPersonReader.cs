using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>Reads what rules may ask of one person.</summary>
internal static class SegmentPersonReader
{
    public static async Task<SegmentPerson> ReadAsync(PortalDbContext db, Subscriber subscriber, RuleMoment now, CancellationToken cancellationToken)
    {
        var id = subscriber.Id;
        var consents = await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == id).ToListAsync(cancellationToken);
        var shown = consents.Where(c => c.WordingId is not null).Select(c => c.WordingId!.Value).Distinct().ToList();
        return Of(subscriber, now, consents,
            await db.Wordings.AsNoTracking().Where(w => shown.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellationToken),
            await db.SubscriberFacts.AsNoTracking().Where(f => f.SubscriberId == id && (f.Kind == FactKind.Purchase || f.Kind == FactKind.Reply || f.Kind == FactKind.Click)).ToListAsync(cancellationToken),
            await db.SubscriberAttributes.AsNoTracking().Where(a => a.SubscriberId == id).ToListAsync(cancellationToken),
            await db.SegmentMembers.AsNoTracking().Where(m => m.SubscriberId == id).Select(m => m.SegmentId).ToListAsync(cancellationToken),
            await Sent(db).Where(m => m.SubscriberId == id).ToListAsync(cancellationToken));
    }

    /// <summary>What campaigns sent: handed to the provider, whatever became of it.</summary>
    public static IQueryable<OutboundMessage> Sent(PortalDbContext db) => db.OutboundMessages.AsNoTracking().Where(m => m.Kind == MessageKind.Campaign && m.SentAt != null
        && m.State != MessageState.Planned && m.State != MessageState.Deferred && m.State != MessageState.Skipped);

    /// <param name="facts">Of the person; what is no purchase, reply or click does not count.</param>
    /// <param name="texts">Of the person, as <see cref="Sent"/> finds them.</param>
    public static SegmentPerson Of(
        Subscriber subscriber, RuleMoment now, IEnumerable<ConsentRecord> consents, IReadOnlyDictionary<WordingId, Wording> wordings,
        IReadOnlyCollection<SubscriberFact> facts, IEnumerable<SubscriberAttribute> attributes, IEnumerable<SegmentId> lists,
        IEnumerable<OutboundMessage> texts) =>
        new(now, subscriber.Region, subscriber.DeclaredRegion, subscriber.DeclaredState, subscriber.Language, subscriber.Source, subscriber.LineType, subscriber.Frequency,
            subscriber.CreatedAt, subscriber.LastTextAt)
        {
            Consents = consents.ToDictionary(c => c.PurposeId, c => new SeenConsent(c.State, Seen(c.WordingId, wordings))),
            Purchases = [.. facts.Where(f => f.Kind == FactKind.Purchase).Select(f => new SeenPurchase(f.At, f.Amount))],
            Replies = [.. facts.Where(f => f.Kind == FactKind.Reply).Select(f => f.At)],
            Clicks = [.. facts.Where(f => f.Kind == FactKind.Click).Select(f => new SeenText(f.At, f.CampaignId))],
            Texts = [.. texts.Select(m => new SeenText(m.SentAt!.Value, m.CampaignId))],
            Zone = subscriber.DeclaredZone,
            LastEngagedAt = subscriber.LastEngagedAt,
            Lot = subscriber.Lot,
            Attributes = attributes.ToDictionary(a => a.AttributeId, a => new SeenValue(a.Text, a.Number, a.Date)),
            Lists = lists.ToHashSet(),
        };

    private static SeenWording? Seen(WordingId? id, IReadOnlyDictionary<WordingId, Wording> wordings) =>
        id is { } shown && wordings.TryGetValue(shown, out var wording) ? new SeenWording(wording.PurposeId, wording.Language, wording.Version) : null;
}
