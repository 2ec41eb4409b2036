using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>
/// Who of some people has room for one more text now: no pause, and neither their chosen frequency, nor what they were promised, nor a cap is used up. It is asked
/// of each of them what the policy asks of one person (C-07, C-13, P-02), a look into one range of an index for each window, in the order in which people are read: few people cost
/// little, however many texts there are. It never shuts out whom the policy would let through: what only the person and the text tell is left to it (<see cref="StandingCap"/>, <see cref="EveryClock"/>).
/// </summary>
internal static class SendingRoom
{
    private static readonly MessageClass[] Recurring = [MessageClass.Informational, MessageClass.Marketing];

    public static async Task<IQueryable<Subscriber>> OfAsync(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken) =>
        Of(db, people, purpose, await ActivePolicy.AtAsync(db, now, cancellationToken), await PromisedWords.OfAsync(db, purpose.Id, cancellationToken), now);

    /// <summary>Who has not asked for a rest; of texts that come once, nobody can.</summary>
    public static IQueryable<Subscriber> WithoutPause(IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now) =>
        Recurring.Contains(purpose.MessageClass) ? people.Where(s => s.PausedUntil == null || s.PausedUntil <= now) : people;

    /// <param name="words">What the wordings of the purpose promise.</param>
    internal static IQueryable<Subscriber> Of(
        PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, PolicyVersion policy, IReadOnlyDictionary<WordingId, FrequencyPromise> words, DateTimeOffset now)
    {
        // Caps are made for texts that come again and again.
        if (!Recurring.Contains(purpose.MessageClass))
            return people;
        people = ByPreference(db, WithoutPause(people, purpose, now), now);
        foreach (var cap in StandingCap.Of(policy, purpose.MessageClass, now))
        {
            var room = Fewer(db, cap.Count, now - cap.Period, cap.Counted);
            people = people.Where(cap.Places is { } places ? SegmentTranslator.Either(Outside(places), room) : room);
        }

        if (purpose.PromisedPerMonth is { } promised)
            people = people.Where(Fewer(db, promised, SinceOf(PromiseUnit.Month, now), Recurring));
        // A wording that promises no fewer a month than the purpose does is kept with it.
        foreach (var same in words.Where(w => w.Value.Unit != PromiseUnit.Month || !(purpose.PromisedPerMonth <= w.Value.Count)).GroupBy(w => w.Value, w => w.Key))
        {
            var (purposeId, wordings) = (purpose.Id, same.Cast<WordingId?>().ToArray());
            people = people.Where(SegmentTranslator.Either(
                Fewer(db, same.Key.Count, SinceOf(same.Key.Unit, now), Recurring),
                s => !db.ConsentRecords.Any(r => r.SubscriberId == s.Id && r.PurposeId == purposeId && wordings.Contains(r.WordingId))));
        }

        return people;
    }

    private static IQueryable<Subscriber> ByPreference(PortalDbContext db, IQueryable<Subscriber> people, DateTimeOffset now)
    {
        Expression<Func<Subscriber, bool>> NoneSince(DateTimeOffset since) => Fewer(db, 1, since, Recurring);
        return people.Where(s => s.Frequency != FrequencyPreference.UrgentOnly)
            .Where(SegmentTranslator.Either(s => s.Frequency != FrequencyPreference.Daily, NoneSince(now.AddDays(-1))))
            .Where(SegmentTranslator.Either(s => s.Frequency != FrequencyPreference.Weekly, NoneSince(now.AddDays(-7))))
            .Where(SegmentTranslator.Either(s => s.Frequency != FrequencyPreference.Biweekly, NoneSince(now.AddDays(-14))))
            .Where(SegmentTranslator.Either(s => s.Frequency != FrequencyPreference.Monthly, NoneSince(EveryClock.MonthBegan(now).AddTicks(-1))));
    }

    /// <summary>Who got fewer texts later than an instant. Only what left has a time of sending; what went to a record that was merged into theirs went to them.</summary>
    private static Expression<Func<Subscriber, bool>> Fewer(PortalDbContext db, int count, DateTimeOffset since, IReadOnlyList<MessageClass> counted)
    {
        var own = db.OutboundMessages.Where(m => counted.Contains(m.MessageClass) && m.SentAt > since);
        // The few merged records come first: SQLite keeps the order of a cross join.
        var ofMerged =
            from s in db.Subscribers
            where s.MergedIntoId != null
            from m in db.OutboundMessages
            where m.SubscriberId == s.Id && counted.Contains(m.MessageClass) && m.SentAt > since
            select s.MergedIntoId!.Value;
        if (count > 1)
            return s => own.Count(m => m.SubscriberId == s.Id) + ofMerged.Count(id => id == s.Id) < count;
        return s => !own.Any(m => m.SubscriberId == s.Id) && !ofMerged.Any(id => id == s.Id);
    }

    /// <summary>Whom a cap that binds only somewhere leaves alone.</summary>
    private static Expression<Func<Subscriber, bool>> Outside(CapPlaces places)
    {
        var (countries, states) = (places.Countries, places.StatesOfUs);
        if (places.AreExcepted)
            return s => (s.Region == null || countries.Contains(s.Region)) && (s.DeclaredRegion == null || countries.Contains(s.DeclaredRegion));
        return s => !(countries.Contains(s.Region!) || countries.Contains(s.DeclaredRegion!) || ((s.DeclaredRegion ?? s.Region) == "US" && states.Contains(s.DeclaredState!)));
    }

    private static DateTimeOffset SinceOf(PromiseUnit unit, DateTimeOffset now) => unit switch
    {
        PromiseUnit.Day => now.AddDays(-1),
        PromiseUnit.Week => now.AddDays(-7),
        PromiseUnit.Month => EveryClock.MonthBefore(now),
    };
}
