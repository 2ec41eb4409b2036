using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments.Conditions;

internal sealed class OnListQuery : ConditionQuery<OnList>
{
    protected override Expression<Func<Subscriber, bool>> Where(OnList rule, PortalDbContext db, DateTimeOffset now)
    {
        var list = rule.List;
        var people = db.SegmentMembers.Where(m => m.SegmentId == list).Select(m => m.SubscriberId);
        return s => people.Contains(s.Id);
    }
}
