using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Segments.Conditions;

internal sealed class OnListQuery : SetQuery<OnList>
{
    protected override bool HasOnlyPeople => false;

    protected override IQueryable<SubscriberId> Ids(OnList rule, PortalDbContext db, DateTimeOffset now, IQueryable<SubscriberId>? among)
    {
        var list = rule.List;
        var members = db.SegmentMembers.Where(m => m.SegmentId == list);
        if (among is not null)
            members = members.Where(m => among.Contains(m.SubscriberId));
        return members.Select(m => m.SubscriberId);
    }
}
