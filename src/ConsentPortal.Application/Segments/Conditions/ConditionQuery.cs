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

    public abstract Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, RuleMoment now);

    /// <summary>The condition as a set of ids, if it is one: it can then be counted without reading people.</summary>
    public virtual IdSet? SetOf(SegmentRule rule, PortalDbContext db, RuleMoment now) => null;
}

internal abstract class ConditionQuery<TRule> : ConditionQuery where TRule : SegmentRule
{
    public sealed override Type Kind => typeof(TRule);

    public sealed override Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, RuleMoment now) => Where((TRule)rule, db, now);

    /// <param name="db">The context that will run the query.</param>
    protected abstract Expression<Func<Subscriber, bool>> Where(TRule rule, PortalDbContext db, RuleMoment now);
}

/// <summary>A condition about rows of another table. The subquery stands on its own ("id in …"), so that the planner may begin with the smaller side.</summary>
internal abstract class SetQuery<TRule> : ConditionQuery<TRule> where TRule : SegmentRule
{
    public sealed override IdSet? SetOf(SegmentRule rule, PortalDbContext db, RuleMoment now)
    {
        if (!HasOnlyPeople)
            return null;
        var (typed, gone) = ((TRule)rule, Gone(db));
        var (whole, rows) = (Rows(typed, db, now, RowOrder.Set), Rows(typed, db, now, RowOrder.Any));
        var (times, isOutside) = (Times(typed), IsOutside(typed));
        return new IdSet(
            Once(typed, whole), HasOnlyTheLiving ? null : Once(typed, whole.Where(id => gone.Contains(id))), isOutside, HasOneRow,
            isOutside ? person => rows.Count(id => id == person) < times : person => rows.Count(id => id == person) >= times);
    }

    protected sealed override Expression<Func<Subscriber, bool>> Where(TRule rule, PortalDbContext db, RuleMoment now)
    {
        var people = Once(rule, Rows(rule, db, now, RowOrder.Set));
        if (IsOutside(rule))
            return s => !people.Contains(s.Id);
        return s => people.Contains(s.Id);
    }

    /// <summary>Whether the database itself sees to it that each id of the set is a person's.</summary>
    protected virtual bool HasOnlyPeople => true;

    /// <summary>Whether erasing and merging take the rows away, so that nobody is among them whom no rule may mean.</summary>
    protected virtual bool HasOnlyTheLiving => false;

    /// <summary>Whether the database sees to it, too, that nobody has two rows that count.</summary>
    protected virtual bool HasOneRow => true;

    /// <summary>How many rows of a person it takes to be in the set.</summary>
    protected virtual int Times(TRule rule) => 1;

    /// <summary>Whether the condition means those outside the set.</summary>
    protected virtual bool IsOutside(TRule rule) => false;

    /// <summary>Whose the rows are that count, an id for each row.</summary>
    protected abstract IQueryable<SubscriberId> Rows(TRule rule, PortalDbContext db, RuleMoment now, RowOrder order);

    private IQueryable<SubscriberId> Once(TRule rule, IQueryable<SubscriberId> rows)
    {
        var times = Times(rule);
        return times > 1 ? rows.GroupBy(id => id).Where(g => g.Count() >= times).Select(g => g.Key) : HasOneRow ? rows : rows.Distinct();
    }

    private static IQueryable<SubscriberId> Gone(PortalDbContext db) =>
        db.Subscribers.Where(s => s.ErasedAt != null).Select(s => s.Id).Concat(db.Subscribers.Where(s => s.MergedIntoId != null).Select(s => s.Id));
}

/// <summary>What rows are read for: the whole set at once, or whatever the planner makes of it.</summary>
internal enum RowOrder
{
    Set = 1,
    Any = 2,
}

/// <param name="Ids">Each person once.</param>
/// <param name="Gone">Those of the set whom no rule may mean: erased, or merged into another record. Null where there are none.</param>
/// <param name="IsOutside">Whether the condition means everybody else.</param>
/// <param name="HasOneRow">Whether the set can be read without looking for the same person twice.</param>
/// <param name="Each">The same condition asked of one person after the other, for few people.</param>
internal sealed record IdSet(IQueryable<SubscriberId> Ids, IQueryable<SubscriberId>? Gone, bool IsOutside, bool HasOneRow, Expression<Func<SubscriberId, bool>> Each);
