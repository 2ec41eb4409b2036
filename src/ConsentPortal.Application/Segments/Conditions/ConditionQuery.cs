using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments.Conditions;

/// <summary>How one kind of condition becomes part of a query. To add a kind, add its record and one heir of this class.</summary>
internal abstract class ConditionQuery
{
    public abstract Type Kind { get; }

    public abstract Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, DateTimeOffset now);
}

internal abstract class ConditionQuery<TRule> : ConditionQuery where TRule : SegmentRule
{
    public sealed override Type Kind => typeof(TRule);

    public sealed override Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, DateTimeOffset now) => Where((TRule)rule, db, now);

    /// <param name="db">The context that will run the query.</param>
    protected abstract Expression<Func<Subscriber, bool>> Where(TRule rule, PortalDbContext db, DateTimeOffset now);
}
