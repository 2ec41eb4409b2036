using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments.Conditions;

internal sealed class NumberCountryQuery : ConditionQuery<NumberCountryIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(NumberCountryIs rule, PortalDbContext db, RuleMoment now)
    {
        string?[] values = [.. rule.Values];
        return s => values.Contains(s.Region);
    }
}

internal sealed class LivesInQuery : ConditionQuery<LivesIn>
{
    protected override Expression<Func<Subscriber, bool>> Where(LivesIn rule, PortalDbContext db, RuleMoment now)
    {
        var (country, state) = (rule.Country, rule.State);
        if (state is null)
            return s => s.DeclaredRegion == country;
        return s => s.DeclaredRegion == country && s.DeclaredState == state;
    }
}

internal sealed class ZoneQuery : ConditionQuery<ZoneIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(ZoneIs rule, PortalDbContext db, RuleMoment now)
    {
        string?[] values = [.. rule.Values];
        return s => values.Contains(s.DeclaredZone);
    }
}

internal sealed class LanguageQuery : ConditionQuery<LanguageIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(LanguageIs rule, PortalDbContext db, RuleMoment now)
    {
        string?[] values = [.. rule.Values];
        return s => values.Contains(s.Language);
    }
}

internal sealed class SourceQuery : ConditionQuery<SourceIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(SourceIs rule, PortalDbContext db, RuleMoment now)
    {
        var values = rule.Values.ToArray();
        return s => values.Contains(s.Source);
    }
}

internal sealed class LineTypeQuery : ConditionQuery<LineTypeIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(LineTypeIs rule, PortalDbContext db, RuleMoment now)
    {
        var values = rule.Values.ToArray();
        return s => values.Contains(s.LineType);
    }
}

internal sealed class FrequencyQuery : ConditionQuery<FrequencyIs>
{
    protected override Expression<Func<Subscriber, bool>> Where(FrequencyIs rule, PortalDbContext db, RuleMoment now)
    {
        var values = rule.Values.ToArray();
        return s => values.Contains(s.Frequency);
    }
}

internal sealed class AddedQuery : ConditionQuery<Added>
{
    protected override Expression<Func<Subscriber, bool>> Where(Added rule, PortalDbContext db, RuleMoment now)
    {
        if (rule.Days is { } days)
        {
            var since = now.Instant.AddDays(-days);
            if (rule.IsWithin)
                return s => s.CreatedAt >= since;
            return s => s.CreatedAt < since;
        }

        var (from, before) = rule.Time.Bounds(now);
        var (first, end) = (from ?? DateTimeOffset.MinValue, before ?? DateTimeOffset.MaxValue);
        if (rule.IsWithin)
            return s => s.CreatedAt >= first && s.CreatedAt < end;
        return s => s.CreatedAt < first || s.CreatedAt >= end;
    }
}

internal sealed class LastTextQuery : ConditionQuery<LastTextOlderThan>
{
    protected override Expression<Func<Subscriber, bool>> Where(LastTextOlderThan rule, PortalDbContext db, RuleMoment now)
    {
        var since = now.Instant.AddDays(-rule.Days);
        return s => s.LastTextAt == null || s.LastTextAt < since;
    }
}

internal sealed class LastEngagedQuery : ConditionQuery<LastEngaged>
{
    protected override Expression<Func<Subscriber, bool>> Where(LastEngaged rule, PortalDbContext db, RuleMoment now)
    {
        var (from, before) = rule.When.Bounds(now);
        var (first, end) = (from ?? DateTimeOffset.MinValue, before ?? DateTimeOffset.MaxValue);
        if (rule.Not)
            return s => s.LastEngagedAt == null || s.LastEngagedAt < first || s.LastEngagedAt >= end;
        return s => s.LastEngagedAt != null && s.LastEngagedAt >= first && s.LastEngagedAt < end;
    }
}

internal sealed class BucketQuery : ConditionQuery<InBucket>
{
    protected override Expression<Func<Subscriber, bool>> Where(InBucket rule, PortalDbContext db, RuleMoment now)
    {
        var (factor, shift, from, before) = rule.Draw();
        if (from == 0)
            return s => ((s.Lot * factor) + shift) % InBucket.Lots < before;
        return s => ((s.Lot * factor) + shift) % InBucket.Lots >= from && ((s.Lot * factor) + shift) % InBucket.Lots < before;
    }
}
