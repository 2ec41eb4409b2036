using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal abstract class ConsentRecordQuery<TRule> : SetQuery<TRule> where TRule : SegmentRule
{
    protected sealed override IQueryable<SubscriberId> Rows(TRule rule, PortalDbContext db, RuleMoment now, RowOrder order) =>
        Meeting(rule, db, now).Select(r => r.SubscriberId);

    /// <returns>Of one purpose: one a person.</returns>
    protected abstract IQueryable<ConsentRecord> Meeting(TRule rule, PortalDbContext db, RuleMoment now);

    protected static IQueryable<ConsentRecord> InForce(PortalDbContext db, PurposeId purpose, RuleMoment now)
    {
        var at = now.Instant;
        return db.ConsentRecords.Where(r => r.PurposeId == purpose && r.Status == ConsentStatus.Granted && (r.ExpiresAt == null || r.ExpiresAt > at));
    }
}

internal sealed class ConsentQuery : ConsentRecordQuery<ConsentIs>
{
    protected override bool IsOutside(ConsentIs rule) => rule.Status == ConsentStatus.None;

    protected override IQueryable<ConsentRecord> Meeting(ConsentIs rule, PortalDbContext db, RuleMoment now)
    {
        var (purpose, status, at) = (rule.Purpose, rule.Status, now.Instant);
        var records = db.ConsentRecords.Where(r => r.PurposeId == purpose);
        // A grant expires by itself; the record says "granted" until somebody folds it again.
        return status switch
        {
            ConsentStatus.None => records.Where(r => r.Status != ConsentStatus.None),
            ConsentStatus.Granted => InForce(db, purpose, now),
            ConsentStatus.Expired => records.Where(r => r.Status == ConsentStatus.Expired || (r.Status == ConsentStatus.Granted && r.ExpiresAt <= at)),
            _ => records.Where(r => r.Status == status),
        };
    }
}

internal sealed class ConsentedUnderQuery : ConsentRecordQuery<ConsentedUnder>
{
    protected override IQueryable<ConsentRecord> Meeting(ConsentedUnder rule, PortalDbContext db, RuleMoment now)
    {
        var (purpose, language, before) = (rule.Purpose, rule.Language, rule.Before);
        var wordings = db.Wordings.Where(w => w.PurposeId == purpose && w.Language == language && w.Version < before).Select(w => (WordingId?)w.Id);
        return InForce(db, purpose, now).Where(r => wordings.Contains(r.WordingId));
    }
}

internal sealed class ConsentAgeQuery : ConsentRecordQuery<ConsentAge>
{
    protected override IQueryable<ConsentRecord> Meeting(ConsentAge rule, PortalDbContext db, RuleMoment now)
    {
        var consents = InForce(db, rule.Purpose, now);
        if (rule.Days is { } days)
        {
            var since = now.Instant.AddDays(-days);
            return rule.IsWithin ? consents.Where(r => r.GrantedAt >= since) : consents.Where(r => r.GrantedAt < since);
        }

        var (from, before) = rule.Time.Bounds(now);
        var (first, end) = (from ?? DateTimeOffset.MinValue, before ?? DateTimeOffset.MaxValue);
        return rule.IsWithin
            ? consents.Where(r => r.GrantedAt >= first && r.GrantedAt < end)
            : consents.Where(r => r.GrantedAt < first || r.GrantedAt >= end);
    }
}
