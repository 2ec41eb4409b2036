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
/// Who of some people has room for one more text now: no pause, and neither their chosen frequency, nor what they were promised, nor a cap is used up. Sets ask
/// what the policy asks of one person (C-07, C-13, P-02), one range of an index for each window, and never shut out whom the policy would let through:
/// what only the person and the text tell is left to it (<see cref="StandingCap"/>, <see cref="EveryClock"/>).
/// </summary>
internal static class SendingRoom
{
    private static readonly MessageClass[] Recurring = [MessageClass.Informational, MessageClass.Marketing];

    public static async Task<IQueryable<Subscriber>> OfAsync(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken) =>
        Of(db, people, purpose, await ActivePolicy.AtAsync(db, now, cancellationToken), await PromisedWords.OfAsync(db, purpose.Id, cancellationToken), now);

    /// <param name="words">What the wordings of the purpose promise.</param>
    internal static IQueryable<Subscriber> Of(
        PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, PolicyVersion policy, IReadOnlyDictionary<WordingId, FrequencyPromise> words, DateTimeOffset now)
    {
        // Caps are made for texts that come again and again.
        if (!Recurring.Contains(purpose.MessageClass))
            return people;
        people = ByPreference(db, people.Where(s => s.PausedUntil == null || s.PausedUntil <= now), now);
        foreach (var cap in StandingCap.Of(policy, purpose.MessageClass, now))
            people = Without(people, Texted(db, cap.Count, now - cap.Period, cap.Counted), cap.Places);
        if (purpose.PromisedPerMonth is { } promised)
            people = Without(people, Texted(db, promised, SinceOf(PromiseUnit.Month, now), Recurring));
        // A wording that promises no fewer a month than the purpose does is kept with it.
        foreach (var same in words.Where(w => w.Value.Unit != PromiseUnit.Month || !(purpose.PromisedPerMonth <= w.Value.Count)).GroupBy(w => w.Value, w => w.Key))
        {
            var (purposeId, wordings) = (purpose.Id, same.Cast<WordingId?>().ToArray());
            var full = Texted(db, same.Key.Count, SinceOf(same.Key.Unit, now), Recurring);
            people = Without(people, db.ConsentRecords.Where(r => r.PurposeId == purposeId && wordings.Contains(r.WordingId) && full.Contains(r.SubscriberId)).Select(r => r.SubscriberId));
        }

        return people;
    }

    private static IQueryable<Subscriber> ByPreference(PortalDbContext db, IQueryable<Subscriber> people, DateTimeOffset now)
    {
        IQueryable<SubscriberId> Since(DateTimeOffset since) => Texted(db, 1, since, Recurring);
        var (day, week, fortnight, month) = (Since(now.AddDays(-1)), Since(now.AddDays(-7)), Since(now.AddDays(-14)), Since(EveryClock.MonthBegan(now).AddTicks(-1)));
        return people.Where(s => s.Frequency != FrequencyPreference.UrgentOnly
            && (s.Frequency != FrequencyPreference.Daily || !day.Contains(s.Id))
            && (s.Frequency != FrequencyPreference.Weekly || !week.Contains(s.Id))
            && (s.Frequency != FrequencyPreference.Biweekly || !fortnight.Contains(s.Id))
            && (s.Frequency != FrequencyPreference.Monthly || !month.Contains(s.Id)));
    }

    /// <summary>Who got so many texts later than an instant. Only what left has a time of sending; what went to a record that was merged into theirs went to them.</summary>
    private static IQueryable<SubscriberId> Texted(PortalDbContext db, int count, DateTimeOffset since, IReadOnlyList<MessageClass> counted)
    {
        var texts = db.OutboundMessages.Where(m => counted.Contains(m.MessageClass) && m.SentAt > since);
        // The few merged records come first: SQLite keeps the order of a cross join.
        var ofMerged =
            from s in db.Subscribers
            where s.MergedIntoId != null
            from m in db.OutboundMessages
            where m.SubscriberId == s.Id && counted.Contains(m.MessageClass) && m.SentAt > since
            select s.MergedIntoId!.Value;
        var ids = texts.Select(m => m.SubscriberId).Concat(ofMerged);
        return count > 1 ? ids.GroupBy(id => id).Where(g => g.Count() >= count).Select(g => g.Key) : ids;
    }

    private static IQueryable<Subscriber> Without(IQueryable<Subscriber> people, IQueryable<SubscriberId> full, CapPlaces? places = null) => places switch
    {
        null => people.Where(s => !full.Contains(s.Id)),
        { AreExcepted: true, Countries: var others } => people.Where(
            s => ((s.Region == null || others.Contains(s.Region)) && (s.DeclaredRegion == null || others.Contains(s.DeclaredRegion))) || !full.Contains(s.Id)),
        { Countries: var countries, StatesOfUs: var states } => people.Where(
            s => !(countries.Contains(s.Region!) || countries.Contains(s.DeclaredRegion!)
                || ((s.DeclaredRegion ?? s.Region) == "US" && states.Contains(s.DeclaredState!))) || !full.Contains(s.Id)),
    };

    private static DateTimeOffset SinceOf(PromiseUnit unit, DateTimeOffset now) => unit switch
    {
        PromiseUnit.Day => now.AddDays(-1),
        PromiseUnit.Week => now.AddDays(-7),
        PromiseUnit.Month => EveryClock.MonthBefore(now),
    };
}
