using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal abstract class AttributeQuery<TRule> : SetQuery<TRule> where TRule : AttributeCondition
{
    protected sealed override bool HasOnlyTheLiving => true;

    protected sealed override IQueryable<SubscriberId> Rows(TRule rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        var id = rule.AttributeId;
        return Meeting(rule, db.SubscriberAttributes.Where(a => a.AttributeId == id), now).Select(a => a.SubscriberId);
    }

    /// <param name="values">Of the attribute: one a person.</param>
    protected abstract IQueryable<SubscriberAttribute> Meeting(TRule rule, IQueryable<SubscriberAttribute> values, RuleMoment now);
}

internal sealed class TextAttributeQuery : AttributeQuery<TextAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(TextAttribute rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var folded = RuleText.Fold(rule.Value);
        return rule.Test switch
        {
            TextTest.Is => values.Where(a => a.FoldedText == folded),
            TextTest.IsNot => values.Where(a => a.FoldedText != null && a.FoldedText != folded),
            TextTest.IsKnown => values.Where(a => a.FoldedText != null),
        };
    }
}

internal sealed class NumberAttributeQuery : AttributeQuery<NumberAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(NumberAttribute rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var value = rule.Value;
        return rule.Test switch
        {
            AmountTest.Is => values.Where(a => a.Number == value),
            AmountTest.AtLeast => values.Where(a => a.Number >= value),
            AmountTest.AtMost => values.Where(a => a.Number <= value),
        };
    }
}

internal sealed class DateAttributeQuery : AttributeQuery<DateAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(DateAttribute rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var (from, until) = (Days.Start(rule.Value), Days.Start(rule.Value.AddDays(1)));
        return rule.Test switch
        {
            DayTest.On => values.Where(a => a.Date >= from && a.Date < until),
            DayTest.OnOrAfter => values.Where(a => a.Date >= from),
            DayTest.Before => values.Where(a => a.Date < from),
        };
    }
}

internal sealed class DateAttributeFromTodayQuery : AttributeQuery<DateAttributeFromToday>
{
    protected override IQueryable<SubscriberAttribute> Meeting(DateAttributeFromToday rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var (from, before) = rule.Bounds(now.Today);
        if (from is { } first && Days.Start(first) is var start)
            values = values.Where(a => a.Date >= start);
        if (before is { } end && Days.Start(end) is var over)
            values = values.Where(a => a.Date < over);
        return values;
    }
}

internal sealed class ListAttributeQuery : AttributeQuery<ListAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(ListAttribute rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var lists = values.Where(a => a.FoldedText != null);
        var named = rule.Values.Select(value => Names(ValueList.Sought(value)));
        return rule.Test switch
        {
            ListTest.NamesAny => lists.Where(named.Aggregate(SegmentTranslator.Either)),
            ListTest.NamesNone => named.Aggregate(lists, (left, one) => left.Where(SegmentTranslator.Not(one))),
        };
    }

    private static Expression<Func<SubscriberAttribute, bool>> Names(string sought) => a => a.FoldedText!.Contains(sought);
}

/// <summary>Days of the calendar as custom values keep them.</summary>
internal static class Days
{
    public static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

internal sealed class FlagAttributeQuery : AttributeQuery<FlagAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(FlagAttribute rule, IQueryable<SubscriberAttribute> values, RuleMoment now)
    {
        var value = rule.Value ? 1d : 0d;
        return values.Where(a => a.Number == value);
    }
}

internal sealed class AttributeKnownQuery : SetQuery<AttributeKnown>
{
    protected override bool HasOnlyTheLiving => true;

    protected override bool IsOutside(AttributeKnown rule) => rule.Not;

    protected override IQueryable<SubscriberId> Rows(AttributeKnown rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        var id = rule.AttributeId;
        var values = db.SubscriberAttributes.Where(a => a.AttributeId == id);
        // Each column by itself, of which a value has one: there is an index of each, and none of all.
        return values.Where(a => a.FoldedText != null).Select(a => a.SubscriberId)
            .Concat(values.Where(a => a.Number != null).Select(a => a.SubscriberId))
            .Concat(values.Where(a => a.Date != null).Select(a => a.SubscriberId));
    }
}
