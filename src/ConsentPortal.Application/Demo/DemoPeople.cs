using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Demo;

/// <summary>Subscribers in eight countries with consent histories, purchases and stops; the same ones at every seeding.</summary>
public sealed class DemoPeople(PortalDatabase database, SubscriberFactory factory, SubjectKeys keys)
{
    private const int Batch = 1_000;
    private const int Seed = 20_261_126;

    private static readonly Type[] Added = [typeof(Subscriber), typeof(NumberPeriod), typeof(SearchWord), typeof(ConsentEvent), typeof(SubscriberFact)];
    private static readonly Type[] Folded = [typeof(ConsentRecord), typeof(AuditEntry), typeof(Suppression)];
    private static readonly string[] Sources = ["Web form", "Store", "Keyword", "Checkout", "Import"];

    /// <summary>Those who are still missing. The others are invented again, because each takes their share of the same luck.</summary>
    internal async Task AddAsync(DemoShop shop, DemoBegun begun, Action<string> say, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var (count, now) = (begun.Subscribers, begun.At);
        var used = new HashSet<string>();
        for (var done = 0; done < count; done += Batch)
        {
            var size = Math.Min(Batch, count - done);
            var batch = Enumerable.Range(done, size).Select(i => Invent(random, used, i, now)).ToList();
            var there = done + size;
            if (there <= begun.Added)
                continue;
            var seed = Seed + done;
            await database.WriteAsync(
                async db =>
                {
                    await AddBatchAsync(db, shop, batch, new Random(seed), now, cancellationToken);
                    await DemoProgress.NoteAsync(db, b => b with { Added = there }, cancellationToken);
                },
                cancellationToken);
            say($"  {there} of {count} subscribers");
        }
    }

    private static (NewSubscriber Person, DateTimeOffset AddedAt) Invent(Random random, HashSet<string> used, int index, DateTimeOffset now)
    {
        var country = Pick(random);
        var phone = country.Number(random);
        while (!used.Add(phone.E164))
            phone = country.Number(random);
        var profile = new SubscriberProfile(One(random, country.FirstNames), One(random, country.LastNames), $"A{100_000 + index}");
        var frequency = random.Next(100) switch { < 78 => FrequencyPreference.Every, < 88 => FrequencyPreference.Weekly, < 94 => FrequencyPreference.Monthly, < 97 => FrequencyPreference.Biweekly, < 98 => FrequencyPreference.Daily, _ => FrequencyPreference.UrgentOnly };
        return (
            new NewSubscriber(phone, phone.LineType, profile, One(random, Sources), country.Language, country.Region, Frequency: frequency),
            now - TimeSpan.FromMinutes(random.Next(60 * 24 * 5, 60 * 24 * 700)));
    }

    private async Task AddBatchAsync(
        PortalDbContext db, DemoShop shop, List<(NewSubscriber Person, DateTimeOffset AddedAt)> batch, Random random, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var histories = new List<(Subscriber Subscriber, Purpose Purpose, List<ConsentEvent> Events)>();
        foreach (var (person, addedAt) in batch)
        {
            var subscriber = factory.Add(db, Actor.Job("demo"), person, addedAt);
            using var key = keys.Unwrap(subscriber.WrappedKey!, subscriber.Id);
            foreach (var (purpose, events) in DemoHistory.Of(subscriber, shop, key, random, now))
            {
                db.ConsentEvents.AddRange(events);
                histories.Add((subscriber, purpose, events));
            }

            AddPurchases(db, subscriber, random, now);
        }

        // The fold names the granting event by its id, which the database gives.
        PreparedInserts.WriteAdded(db, Added);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (subscriber, purpose, events) in histories)
            Fold(db, subscriber, purpose, events, now);
        PreparedInserts.WriteAdded(db, Folded);
    }

    private static void Fold(PortalDbContext db, Subscriber subscriber, Purpose purpose, List<ConsentEvent> events, DateTimeOffset now)
    {
        var record = new ConsentRecord { SubscriberId = subscriber.Id, PurposeId = purpose.Id };
        record.Take(ConsentState.From(events));
        db.ConsentRecords.Add(record);
        foreach (var e in events)
        {
            db.Audit(Actor.Job("demo"), now, new AuditFact(
                $"consent.{e.Kind.ToString().ToLowerInvariant()}", "subscriber", subscriber.Id.ToString(), subscriber.Id, "Demo data",
                After: new Dictionary<string, object?> { ["purpose"] = purpose.Id.ToString(), ["event"] = e.Id, ["at"] = e.At, ["channel"] = e.Channel }));
        }

        if (record.Status == ConsentStatus.Withdrawn && subscriber.PhoneHash is { } hash)
        {
            db.Suppressions.Add(new Suppression
            {
                PhoneHash = hash, Scope = SuppressionScope.Purpose, PurposeId = purpose.Id, Source = SuppressionSource.Keyword, Reason = "Texted STOP", At = events[^1].At,
            });
        }
    }

    private static void AddPurchases(PortalDbContext db, Subscriber subscriber, Random random, DateTimeOffset now)
    {
        for (var i = random.Next(-2, 4); i > 0; i--)
        {
            db.SubscriberFacts.Add(new SubscriberFact
            {
                SubscriberId = subscriber.Id, Kind = FactKind.Purchase, At = now - TimeSpan.FromHours(random.Next(24, 24 * 400)), Amount = Math.Round(12 + random.NextDouble() * 240, 2),
            });
        }
    }

    private static DemoCountry Pick(Random random)
    {
        var at = random.Next(DemoCountry.All.Sum(c => c.Weight));
        foreach (var country in DemoCountry.All)
        {
            at -= country.Weight;
            if (at < 0)
                return country;
        }

        return DemoCountry.All[0];
    }

    private static string One(Random random, IReadOnlyList<string> choices) => choices[random.Next(choices.Count)];
}
