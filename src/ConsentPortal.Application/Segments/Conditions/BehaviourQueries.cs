using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal abstract class FactQuery<TRule> : SetQuery<TRule> where TRule : SegmentRule
{
    protected static IQueryable<SubscriberId> Often(IQueryable<SubscriberFact> facts, int times, RuleTime when, DateTimeOffset now, IQueryable<SubscriberId>? among)
    {
        var (from, before) = when.Bounds(now);
        if (from is { } first)
            facts = facts.Where(f => f.At >= first);
        if (before is { } end)
            facts = facts.Where(f => f.At < end);
        if (among is not null)
            facts = facts.Where(f => among.Contains(f.SubscriberId));
        return times == 1
            ? facts.Select(f => f.SubscriberId).Distinct()
            : facts.GroupBy(f => f.SubscriberId).Where(g => g.Count() >= times).Select(g => g.Key);
    }
}

internal sealed class PurchaseQuery : FactQuery<Purchased>
{
    protected override bool IsOutside(Purchased rule) => rule.Not;

    protected override IQueryable<SubscriberId> Ids(Purchased rule, PortalDbContext db, DateTimeOffset now, IQueryable<SubscriberId>? among)
    {
        var purchases = db.SubscriberFacts.Where(f => f.Kind == FactKind.Purchase);
        if (rule.MinAmount is { } amount)
            purchases = purchases.Where(f => f.Amount >= amount);
        return Often(purchases, rule.Times, rule.Time, now, among);
    }
}

internal sealed class RepliedQuery : FactQuery<Replied>
{
    protected override bool IsOutside(Replied rule) => rule.Not;

    protected override IQueryable<SubscriberId> Ids(Replied rule, PortalDbContext db, DateTimeOffset now, IQueryable<SubscriberId>? among) =>
        Often(db.SubscriberFacts.Where(f => f.Kind == FactKind.Reply), rule.Times, rule.When, now, among);
}

internal sealed class WasSentQuery : SetQuery<WasSent>
{
    protected override bool IsOutside(WasSent rule) => rule.Not;

    protected override IQueryable<SubscriberId> Ids(WasSent rule, PortalDbContext db, DateTimeOffset now, IQueryable<SubscriberId>? among)
    {
        var (from, before) = rule.When.Bounds(now);
        var texts = SegmentPersonReader.Sent(db);
        if (rule.Campaign is { } campaign)
            texts = texts.Where(m => m.CampaignId == campaign);
        if (from is { } first)
            texts = texts.Where(m => m.SentAt >= first);
        if (before is { } end)
            texts = texts.Where(m => m.SentAt < end);
        if (among is not null)
            texts = texts.Where(m => among.Contains(m.SubscriberId));
        return texts.Select(m => m.SubscriberId).Distinct();
    }
}
