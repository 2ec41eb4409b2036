using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments.Conditions;

// The subqueries stand on their own ("id in …") instead of asking once per person, so that the planner may begin with the smaller side.
internal sealed class ConsentQuery : ConditionQuery<ConsentIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(ConsentIs rule, PortalDbContext db, DateTimeOffset now)
    {
        var (purpose, status) = (rule.Purpose, rule.Status);
        var records = db.ConsentRecords.Where(r => r.PurposeId == purpose);
        if (status == ConsentStatus.None)
        {
            var known = records.Where(r => r.Status != ConsentStatus.None).Select(r => r.SubscriberId);
            return s => !known.Contains(s.Id);
        }

        // A grant expires by itself; the record says "granted" until somebody folds it again.
        var ids = status switch
        {
            ConsentStatus.Granted => records.Where(r => r.Status == ConsentStatus.Granted && (r.ExpiresAt == null || r.ExpiresAt > now)),
            ConsentStatus.Expired => records.Where(r => r.Status == ConsentStatus.Expired || (r.Status == ConsentStatus.Granted && r.ExpiresAt <= now)),
            _ => records.Where(r => r.Status == status),
        };
        var people = ids.Select(r => r.SubscriberId);
        return s => people.Contains(s.Id);
    }
}

internal sealed class ConsentedUnderQuery : ConditionQuery<ConsentedUnder>
{
    protected override Expression<Func<Subscriber, bool>> Where(ConsentedUnder rule, PortalDbContext db, DateTimeOffset now)
    {
        var (purpose, language, before) = (rule.Purpose, rule.Language, rule.Before);
        var wordings = db.Wordings.Where(w => w.PurposeId == purpose && w.Language == language && w.Version < before).Select(w => (WordingId?)w.Id);
        var people = db.ConsentRecords
            .Where(r => r.PurposeId == purpose && r.Status == ConsentStatus.Granted && (r.ExpiresAt == null || r.ExpiresAt > now) && wordings.Contains(r.WordingId))
            .Select(r => r.SubscriberId);
        return s => people.Contains(s.Id);
    }
}

internal sealed class PurchaseQuery : ConditionQuery<Purchased>
{
    protected override Expression<Func<Subscriber, bool>> Where(Purchased rule, PortalDbContext db, DateTimeOffset now)
    {
        var (since, times) = (now.AddDays(-rule.Days), rule.Times);
        var purchases = db.SubscriberFacts.Where(f => f.Kind == FactKind.Purchase && f.At >= since);
        if (rule.MinAmount is { } amount)
            purchases = purchases.Where(f => f.Amount >= amount);
        var people = times == 1
            ? purchases.Select(f => f.SubscriberId)
            : purchases.GroupBy(f => f.SubscriberId).Where(g => g.Count() >= times).Select(g => g.Key);
        return s => people.Contains(s.Id);
    }
}
