using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal abstract class AttributeQuery<TRule> : SetQuery<TRule> where TRule : AttributeCondition
{
    protected sealed override IQueryable<SubscriberId> Rows(TRule rule, PortalDbContext db, DateTimeOffset now, RowOrder order)
    {
        var id = rule.AttributeId;
        return Meeting(rule, db.SubscriberAttributes.Where(a => a.AttributeId == id)).Select(a => a.SubscriberId);
    }

    /// <param name="values">Of the attribute: one a person.</param>
    protected abstract IQueryable<SubscriberAttribute> Meeting(TRule rule, IQueryable<SubscriberAttribute> values);
}

internal sealed class TextAttributeQuery : AttributeQuery<TextAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(TextAttribute rule, IQueryable<SubscriberAttribute> values)
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
    protected override IQueryable<SubscriberAttribute> Meeting(NumberAttribute rule, IQueryable<SubscriberAttribute> values)
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
    protected override IQueryable<SubscriberAttribute> Meeting(DateAttribute rule, IQueryable<SubscriberAttribute> values)
    {
        var from = new DateTimeOffset(rule.Value, TimeOnly.MinValue, TimeSpan.Zero);
        var until = from.AddDays(1);
        return rule.Test switch
        {
            DayTest.On => values.Where(a => a.Date >= from && a.Date < until),
            DayTest.OnOrAfter => values.Where(a => a.Date >= from),
            DayTest.Before => values.Where(a => a.Date < from),
        };
    }
}

internal sealed class FlagAttributeQuery : AttributeQuery<FlagAttribute>
{
    protected override IQueryable<SubscriberAttribute> Meeting(FlagAttribute rule, IQueryable<SubscriberAttribute> values)
    {
        var value = rule.Value ? 1d : 0d;
        return values.Where(a => a.Number == value);
    }
}
