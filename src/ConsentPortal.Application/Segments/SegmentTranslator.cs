using System.Collections.Frozen;
using System.Diagnostics;
using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments.Conditions;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>
/// Turns a rule into one query over the subscribers: always a single statement, on both engines, and never with anybody
/// who was erased, or with a record that went into another one.
/// </summary>
public static class SegmentTranslator
{
    private static readonly FrozenDictionary<Type, ConditionQuery> Queries = typeof(ConditionQuery).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ConditionQuery)) && !type.IsAbstract)
        .Select(type => (ConditionQuery)Activator.CreateInstance(type)!)
        .ToFrozenDictionary(query => query.Kind);

    /// <summary>Whom a rule can mean at all.</summary>
    public static IQueryable<Subscriber> Everybody(PortalDbContext db) => db.Subscribers.AsNoTracking().Where(s => s.ErasedAt == null && s.MergedIntoId == null);

    /// <param name="now">When it is asked.</param>
    public static IQueryable<Subscriber> People(PortalDbContext db, SegmentRule rule, RuleMoment now) => Everybody(db).Where(Where(rule, db, now));

    /// <summary>The same people by their ids, for whoever goes through all of them page by page: each page begins where the last one ended.</summary>
    /// <param name="now">As for <see cref="People"/>.</param>
    internal static IQueryable<Subscriber> PeopleInOrder(PortalDbContext db, SegmentRule rule, RuleMoment now) => PeopleByRules(db, rule, now).OrderBy(s => s.Id);

    /// <summary>The same people through the narrow index: for whoever asks only what is in it.</summary>
    /// <param name="now">As for <see cref="People"/>.</param>
    internal static IQueryable<Subscriber> PeopleByRules(PortalDbContext db, SegmentRule rule, RuleMoment now) => db.ByRules.AsNoTracking().Where(Where(rule, db, now));

    /// <summary>How many people a rule means: one statement that gives one row, and the quickest way that is known to that number.</summary>
    /// <param name="now">As for <see cref="People"/>.</param>
    internal static IQueryable<int> Size(PortalDbContext db, SegmentRule rule, RuleMoment now)
    {
        var (only, isOutside) = Single(rule);
        var one = db.Subscribers.AsNoTracking().OrderBy(s => s.Id).Take(1);
        var all = db.ByRules.AsNoTracking();
        if (SetOf(rule, db, now) is { } set)
        {
            // Those who are gone are few: to count them apart is quicker than to ask of each person whether they are.
            var ids = set.Ids;
            return (set.IsOutside, set.Gone) switch
            {
                (false, null) => one.Select(_ => ids.Count()),
                (false, var gone) => one.Select(_ => ids.Count() - gone.Count()),
                (true, null) => one.Select(_ => all.Count() - ids.Count()),
                (true, var gone) => one.Select(_ => all.Count() - (ids.Count() - gone.Count())),
            };
        }

        if (!isOutside && only is AllOf && Chosen(Flat(only).ToList(), db, now) is { } size)
            return one.Select(size);
        var people = all.Where(Where(rule, db, now));
        return one.Select(_ => people.Count());
    }

    /// <summary>Of several conditions at once one that is a set comes first, and the others are asked of its people only.</summary>
    /// <returns>Null when none of them is a set.</returns>
    private static Expression<Func<Subscriber, int>>? Chosen(List<SegmentRule> parts, PortalDbContext db, RuleMoment now)
    {
        var sets = parts.Select(part => SetOf(part, db, now)).ToList();
        if (sets.Find(set => set is { IsOutside: false, HasOneRow: true }) is { } few)
        {
            var others = sets.Where(set => set is not null && set != few);
            var ids = others.Aggregate(few.Ids, (found, other) => found.Where(other!.Each));
            if (sets.Contains(null))
                return Of(ids, parts.Where((_, i) => sets[i] is null));
            if (few.Gone is not { } fewGone)
                return _ => ids.Count();
            var gone = others.Aggregate(fewGone, (found, other) => found.Where(other!.Each));
            return _ => ids.Count() - gone.Count();
        }

        return sets.Find(set => set is { IsOutside: false }) is { } first ? Of(first.Ids, parts.Where((_, i) => sets[i] != first)) : null;

        Expression<Func<Subscriber, int>> Of(IQueryable<SubscriberId> ids, IEnumerable<SegmentRule> rest)
        {
            var people = rest.Aggregate(ids.Join(db.ByRules, id => id, s => s.Id, (_, s) => s), (found, part) => found.Where(Where(part, db, now)));
            return _ => people.Count();
        }
    }

    private static IEnumerable<SegmentRule> Flat(SegmentRule rule) => Single(rule) switch
    {
        (AllOf all, false) => all.Rules.SelectMany(Flat),
        _ => [rule],
    };

    private static IdSet? SetOf(SegmentRule rule, PortalDbContext db, RuleMoment now)
    {
        var (only, isOutside) = Single(rule);
        var set = Queries.TryGetValue(only.GetType(), out var query) ? query.SetOf(only, db, now) : null;
        return set is not null && isOutside ? set with { IsOutside = !set.IsOutside, Each = Not(set.Each) } : set;
    }

    // Groups of one part are that part.
    private static (SegmentRule Rule, bool IsOutside) Single(SegmentRule rule) => rule switch
    {
        AllOf { Rules: [var part] } => Single(part),
        AnyOf { Rules: [var part] } => Single(part),
        NoneOf { Rules: [var part] } when Single(part) is var (inner, isOutside) => (inner, !isOutside),
        InSegment { Rule: { } other } => Single(other),
        _ => (rule, false),
    };

    private static Expression<Func<Subscriber, bool>> Where(SegmentRule rule, PortalDbContext db, RuleMoment now) => rule switch
    {
        AllOf all => Join(all, db, now, Expression.AndAlso),
        AnyOf any => Join(any, db, now, Expression.OrElse),
        NoneOf none => Not(Join(none, db, now, Expression.OrElse)),
        InSegment { Rule: { } other } => Where(other, db, now),
        _ when Queries.TryGetValue(rule.GetType(), out var query) => query.Where(rule, db, now),
        _ => throw new UnreachableException($"No query was written for {rule.GetType().Name}."),
    };

    private static Expression<Func<Subscriber, bool>> Join(
        RuleGroup group, PortalDbContext db, RuleMoment now, Func<Expression, Expression, BinaryExpression> join)
    {
        var person = Expression.Parameter(typeof(Subscriber), "s");
        var body = group.Rules.Select(rule => Body(Where(rule, db, now), person)).Aggregate(join);
        return Expression.Lambda<Func<Subscriber, bool>>(body, person);
    }

    internal static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> rule) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(rule.Body), rule.Parameters);

    internal static Expression<Func<T, bool>> Either<T>(Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(one.Body, Body(other, one.Parameters[0])), one.Parameters);

    /// <summary>What a rule says, asked of another parameter.</summary>
    internal static Expression Body<T>(Expression<Func<T, bool>> rule, ParameterExpression of) => new Replace(rule.Parameters[0], of).Visit(rule.Body);

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
