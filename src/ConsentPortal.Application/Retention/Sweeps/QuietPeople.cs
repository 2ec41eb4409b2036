using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>People with whom nothing lasts and nothing has happened for a time.</summary>
internal static class QuietPeople
{
    /// <summary>With no consent in force or asked for, no text under way, no open request, no hold and no restriction: whoever wants their data stored wants them kept (GDPR art. 18(1)(b) and (c)).</summary>
    public static IQueryable<Subscriber> WithNothingOpen(SweepScope scope)
    {
        var (db, people, purposes) = (scope.Db, scope.Held.People, scope.Held.Purposes);
        return db.Subscribers.AsNoTracking().Where(p =>
            p.ErasedAt == null && p.MergedIntoId == null && !p.IsRestricted && !people.Contains(p.Id)
            && !db.ConsentRecords.Any(r => r.SubscriberId == p.Id && (r.Status == ConsentStatus.Granted || r.Status == ConsentStatus.Pending || purposes.Contains(r.PurposeId)))
            && !db.OutboundMessages.Any(m => m.SubscriberId == p.Id && (m.State == MessageState.Planned || m.State == MessageState.Deferred || m.State == MessageState.Sending))
            && !db.PrivacyRequests.Any(r => r.SubscriberId == p.Id
                && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled));
    }

    /// <summary>With whom nothing has happened since an instant: no text either way, no consent event, no answer.</summary>
    public static IQueryable<Subscriber> Since(this IQueryable<Subscriber> people, SweepScope scope, DateTimeOffset at)
    {
        var db = scope.Db;
        return people.Where(p =>
            p.CreatedAt < at && (p.LastTextAt == null || p.LastTextAt < at) && (p.LastEngagedAt == null || p.LastEngagedAt < at)
            && !db.ConsentEvents.Any(e => e.SubscriberId == p.Id && e.RecordedAt >= at) && !db.InboundMessages.Any(m => m.SubscriberId == p.Id && m.ReceivedAt >= at));
    }

    /// <summary>Whose own times are over: that of each purpose with which they had to do, and what their countries want at least.</summary>
    /// <param name="months">Where a purpose says nothing, and for people who never had to do with one.</param>
    /// <param name="least">What the countries of these people want.</param>
    public static IQueryable<Subscriber> PastTheirPurposes(this IQueryable<Subscriber> people, SweepScope scope, IReadOnlyList<Purpose> purposes, int months, int least)
    {
        var db = scope.Db;
        var due = people.Since(scope, scope.Now.AddMonths(-least));
        foreach (var group in purposes.GroupBy(p => ProofOfConsent.MonthsKept(p.RetentionMonths, months, least)).Where(g => g.Key > least))
        {
            var (ids, quiet) = (group.Select(p => p.Id).ToList(), db.Subscribers.AsNoTracking().Since(scope, scope.Now.AddMonths(-group.Key)));
            due = due.Where(p => !db.ConsentRecords.Any(r => r.SubscriberId == p.Id && ids.Contains(r.PurposeId)) || quiet.Any(q => q.Id == p.Id));
        }

        var alone = db.Subscribers.AsNoTracking().Since(scope, scope.Now.AddMonths(-ProofOfConsent.MonthsKept(null, months, least)));
        return due.Where(p => db.ConsentRecords.Any(r => r.SubscriberId == p.Id) || alone.Any(q => q.Id == p.Id));
    }

    /// <summary>The people of each time that countries want, each with the query for them; nobody is in two.</summary>
    public static IEnumerable<IQueryable<Subscriber>> Due(SweepScope scope, IReadOnlyList<Purpose> purposes, int months) =>
        ProofOfConsent.Times.Select(least => WithNothingOpen(scope).WhoseCountriesWant(least).PastTheirPurposes(scope, purposes, months, least));

    /// <summary>Of the number's country and of that where the person lives the longer time counts (<see cref="ProofOfConsent.LeastMonths(string?, string?)"/>, as a set).</summary>
    private static IQueryable<Subscriber> WhoseCountriesWant(this IQueryable<Subscriber> people, int least)
    {
        var named = ProofOfConsent.Regions.ToList();
        var (exactly, within) = (named.Where(r => ProofOfConsent.LeastMonths(r) == least).ToList(), named.Where(r => ProofOfConsent.LeastMonths(r) <= least).ToList());
        var (others, othersToo) = (ProofOfConsent.Otherwise == least, ProofOfConsent.Otherwise <= least);
        return people
            .Where(p => within.Contains(p.Region ?? "") || (othersToo && !named.Contains(p.Region ?? "")))
            .Where(p => p.DeclaredRegion == null || within.Contains(p.DeclaredRegion) || (othersToo && !named.Contains(p.DeclaredRegion)))
            .Where(p => exactly.Contains(p.Region ?? "") || (others && !named.Contains(p.Region ?? ""))
                || (p.DeclaredRegion != null && (exactly.Contains(p.DeclaredRegion) || (others && !named.Contains(p.DeclaredRegion)))));
    }
}
