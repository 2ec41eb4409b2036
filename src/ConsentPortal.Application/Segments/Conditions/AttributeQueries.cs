using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments.Conditions;

internal sealed class TextAttributeQuery : ConditionQuery<TextAttribute>
{
    protected override Expression<Func<Subscriber, bool>> Where(TextAttribute rule, PortalDbContext db, DateTimeOffset now)
    {
        var (id, value) = (rule.AttributeId, rule.Value);
        var values = db.SubscriberAttributes.Where(a => a.AttributeId == id);
        values = rule.Test switch
        {
            TextTest.Is => values.Where(db.TextIs(value, same: true)),
            TextTest.IsNot => values.Where(db.TextIs(value, same: false)),
            TextTest.IsKnown => values.Where(a => a.Text != null),
        };
        var people = values.Select(a => a.SubscriberId);
        return s => people.Contains(s.Id);
    }
}

internal sealed class NumberAttributeQuery : ConditionQuery<NumberAttribute>
{
    protected override Expression<Func<Subscriber, bool>> Where(NumberAttribute rule, PortalDbContext db, DateTimeOffset now)
    {
        var (id, value) = (rule.AttributeId, rule.Value);
        var values = db.SubscriberAttributes.Where(a => a.AttributeId == id);
        values = rule.Test switch
        {
            AmountTest.Is => values.Where(a => a.Number == value),
            AmountTest.AtLeast => values.Where(a => a.Number >= value),
            AmountTest.AtMost => values.Where(a => a.Number <= value),
        };
        var people = values.Select(a => a.SubscriberId);
        return s => people.Contains(s.Id);
    }
}

internal sealed class DateAttributeQuery : ConditionQuery<DateAttribute>
{
    protected override Expression<Func<Subscriber, bool>> Where(DateAttribute rule, PortalDbContext db, DateTimeOffset now)
    {
        var id = rule.AttributeId;
        var from = new DateTimeOffset(rule.Value, TimeOnly.MinValue, TimeSpan.Zero);
        var until = from.AddDays(1);
        var values = db.SubscriberAttributes.Where(a => a.AttributeId == id);
        values = rule.Test switch
        {
            DayTest.On => values.Where(a => a.Date >= from && a.Date < until),
            DayTest.OnOrAfter => values.Where(a => a.Date >= from),
            DayTest.Before => values.Where(a => a.Date < from),
        };
        var people = values.Select(a => a.SubscriberId);
        return s => people.Contains(s.Id);
    }
}

internal sealed class FlagAttributeQuery : ConditionQuery<FlagAttribute>
{
    protected override Expression<Func<Subscriber, bool>> Where(FlagAttribute rule, PortalDbContext db, DateTimeOffset now)
    {
        var (id, value) = (rule.AttributeId, rule.Value ? 1d : 0d);
        var people = db.SubscriberAttributes.Where(a => a.AttributeId == id && a.Number == value).Select(a => a.SubscriberId);
        return s => people.Contains(s.Id);
    }
}
