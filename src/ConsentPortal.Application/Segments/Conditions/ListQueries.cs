using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal sealed class OnListQuery : SetQuery<OnList>
{
    protected override bool HasOnlyPeople => false;

    protected override IQueryable<SubscriberId> Rows(OnList rule, PortalDbContext db, RuleMoment now, RowOrder order)
    {
        var list = rule.List;
        return db.SegmentMembers.Where(m => m.SegmentId == list).Select(m => m.SubscriberId);
    }
}
