using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal abstract class FactQuery<TRule> : SetQuery<TRule> where TRule : SegmentRule
{
    // What happened since is read by time and sorted by person; of more days it is quicker to read a whole kind by person.
    private static readonly TimeSpan Lately = TimeSpan.FromDays(45);

    protected sealed override bool HasOneRow => false;

    protected static IQueryable<SubscriberFact> Facts(PortalDbContext db, FactKind kind, RuleTime when, RuleMoment now, RowOrder order)
    {
        var (from, before) = when.Bounds(now);
        var facts = order == RowOrder.Any ? db.SubscriberFacts : db.FactsInOrder(byTime: from > now.Instant - Lately);
        facts = facts.Where(f => f.Kind == kind);
        if (from is { } first)
            facts = facts.Where(f => f.At >= first);
        if (before is { } end)
            facts = facts.Where(f => f.At < end);
        return facts;
    }
}

internal sealed class PurchaseQuery : FactQuery<Purchased>
{
    protected override bool IsOutside(Purchased rule) => rule.Not;

    protected override int Times(Purchased rule) => rule.Times;

    protected override IQueryable<SubscriberId> Rows(Purchased rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        var purchases = Facts(db, FactKind.Purchase, rule.Time, now, order);
        if (rule.MinAmount is { } amount)
            purchases = purchases.Where(f => f.Amount >= amount);
        return purchases.Select(f => f.SubscriberId);
    }
}

internal sealed class RepliedQuery : FactQuery<Replied>
{
    protected override bool IsOutside(Replied rule) => rule.Not;

    protected override int Times(Replied rule) => rule.Times;

    protected override IQueryable<SubscriberId> Rows(Replied rule, PortalDbContext db, RuleMoment now, RowOrder order) =>
        Facts(db, FactKind.Reply, rule.When, now, order).Select(f => f.SubscriberId);
}

internal sealed class ClickedQuery : FactQuery<Clicked>
{
    protected override bool IsOutside(Clicked rule) => rule.Not;

    protected override IQueryable<SubscriberId> Rows(Clicked rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        if (rule.Campaign is not { } campaign)
            return Facts(db, FactKind.Click, rule.When, now, order).Select(f => f.SubscriberId);
        // The clicks of one campaign have an index of their own.
        return Facts(db, FactKind.Click, rule.When, now, RowOrder.Any).Where(f => f.CampaignId == campaign).Select(f => f.SubscriberId);
    }
}

internal sealed class WasSentQuery : SetQuery<WasSent>
{
    protected override bool HasOneRow => false;

    protected override bool IsOutside(WasSent rule) => rule.Not;

    protected override IQueryable<SubscriberId> Rows(WasSent rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        var (from, before) = rule.When.Bounds(now);
        var texts = SegmentPersonReader.Sent(db);
        if (rule.Campaign is { } campaign)
            texts = texts.Where(m => m.CampaignId == campaign);
        if (from is { } first)
            texts = texts.Where(m => m.SentAt >= first);
        if (before is { } end)
            texts = texts.Where(m => m.SentAt < end);
        return texts.Select(m => m.SubscriberId);
    }
}
