using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>Whose data are stored and nothing else (GDPR art. 18): deleting is a use of them too, and they may want them as evidence.</summary>
internal static class RestrictedPeople
{
    /// <returns>The people's records, and those that went into them.</returns>
    public static IQueryable<SubscriberId> Of(SweepScope scope)
    {
        var people = scope.Db.Subscribers;
        return people.Where(s => s.IsRestricted || people.Any(main => main.Id == s.MergedIntoId && main.IsRestricted)).Select(s => s.Id);
    }
}
