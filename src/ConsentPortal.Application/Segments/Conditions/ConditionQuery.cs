using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

/// <summary>How one kind of condition becomes part of a query. To add a kind, add its record and one heir of this class.</summary>
internal abstract class ConditionQuery
{
    public abstract Type Kind { get; }

    public abstract Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, DateTimeOffset now);

    /// <summary>The condition as a set of ids, if it is one: it can then be counted without reading people.</summary>
    public virtual IdSet? SetOf(SegmentRule rule, PortalDbContext db, DateTimeOffset now) => null;
}

internal abstract class ConditionQuery<TRule> : ConditionQuery where TRule : SegmentRule
{
    public sealed override Type Kind => typeof(TRule);

    public sealed override Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, DateTimeOffset now) => Where((TRule)rule, db, now);

    /// <param name="db">The context that will run the query.</param>
    protected abstract Expression<Func<Subscriber, bool>> Where(TRule rule, PortalDbContext db, DateTimeOffset now);
}

/// <summary>A condition about rows of another table. The subquery stands on its own ("id in …"), so that the planner may begin with the smaller side.</summary>
internal abstract class SetQuery<TRule> : ConditionQuery<TRule> where TRule : SegmentRule
{
    public sealed override IdSet? SetOf(SegmentRule rule, PortalDbContext db, DateTimeOffset now) =>
        HasOnlyPeople ? new IdSet(Ids((TRule)rule, db, now, among: null), Ids((TRule)rule, db, now, Gone(db)), IsOutside((TRule)rule)) : null;

    protected sealed override Expression<Func<Subscriber, bool>> Where(TRule rule, PortalDbContext db, DateTimeOffset now)
    {
        var people = Ids(rule, db, now, among: null);
        if (IsOutside(rule))
            return s => !people.Contains(s.Id);
        return s => people.Contains(s.Id);
    }

    /// <summary>Whether the database itself sees to it that each id of the set is a person's.</summary>
    protected virtual bool HasOnlyPeople => true;

    /// <summary>Whether the condition means those outside the set.</summary>
    protected virtual bool IsOutside(TRule rule) => false;

    /// <summary>The set, each person once.</summary>
    /// <param name="among">Only these can be in it; null for everybody.</param>
    protected abstract IQueryable<SubscriberId> Ids(TRule rule, PortalDbContext db, DateTimeOffset now, IQueryable<SubscriberId>? among);

    private static IQueryable<SubscriberId> Gone(PortalDbContext db) =>
        db.Subscribers.Where(s => s.ErasedAt != null).Select(s => s.Id).Concat(db.Subscribers.Where(s => s.MergedIntoId != null).Select(s => s.Id));
}

/// <param name="Gone">Those of the set whom no rule may mean: erased, or merged into another record.</param>
/// <param name="IsOutside">Whether the condition means everybody else.</param>
internal sealed record IdSet(IQueryable<SubscriberId> Ids, IQueryable<SubscriberId> Gone, bool IsOutside);
