using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>What is known of a person when they are added.</summary>
/// <param name="Source">Where the person came from, in words that stand in reports: "Web form", "Store", "Import".</param>
public sealed record NewSubscriber(
    PhoneNumber Phone,
    LineType LineType,
    SubscriberProfile Profile,
    string Source,
    string? Language = null,
    string? DeclaredRegion = null,
    string? DeclaredState = null,
    string? DeclaredZone = null,
    FrequencyPreference Frequency = FrequencyPreference.Every,
    ImportBatchId? ImportBatchId = null);

/// <summary>Builds a subscriber with their own key, the period of their number and the hashes they are found by.</summary>
public sealed class SubscriberFactory(SubjectKeys keys, LookupHash hashes)
{
    /// <summary>Adds the rows to the context, with the entry of the audit trail that tells of them: nobody comes without one. Nothing is saved.</summary>
    public Subscriber Add(PortalDbContext db, Actor actor, NewSubscriber person, DateTimeOffset now)
    {
        using var made = Make(person, hashes.Phone(person.Phone), now);
        db.Subscribers.Add(made.Subscriber);
        db.NumberPeriods.Add(made.Period);
        db.SearchWords.AddRange(made.Words);
        var added = made.Subscriber;
        db.Audit(actor, now, new AuditFact("subscriber.added", "subscriber", added.Id.ToString(), added.Id, After: new Dictionary<string, object?>
        {
            ["phone"] = AuditTrail.Sealed(added.PhoneSealed!), ["profile"] = AuditTrail.Sealed(added.ProfileSealed!), ["region"] = added.Region, ["source"] = added.Source,
        }));
        return added;
    }

    /// <summary>Only the rows: an import tells of a person and of their answer in one entry.</summary>
    /// <param name="phoneHash">Of the person's number, for a caller who has looked it up already.</param>
    internal MadeSubscriber Make(NewSubscriber person, byte[] phoneHash, DateTimeOffset now)
    {
        var id = SubscriberId.New(now);
        var (wrapped, key) = keys.Create(id);
        var period = new NumberPeriod { Id = NumberPeriodId.New(now), SubscriberId = id, PhoneHash = phoneHash, From = now };
        var subscriber = new Subscriber
        {
            Id = id, WrappedKey = wrapped, PhoneSealed = key.Seal(person.Phone.E164, SealedField.Phone), PhoneHash = phoneHash,
            ProfileSealed = key.SealJson(person.Profile, SealedField.Profile),
            ExternalIdHash = ExternalIdHash(person.Profile), CurrentPeriodId = period.Id, Region = person.Phone.Region,
            DeclaredRegion = person.DeclaredRegion, DeclaredState = person.DeclaredState, DeclaredZone = person.DeclaredZone,
            Language = person.Language, LineType = person.LineType, Source = person.Source, Frequency = person.Frequency,
            CreatedAt = now, UpdatedAt = now, ImportBatchId = person.ImportBatchId, Version = Guid.CreateVersion7(now),
        };
        return new MadeSubscriber(subscriber, period, Words(id, person.Phone, person.Profile), key);
    }

    /// <summary>Seals a changed profile and the hashes it is found by; the caller takes the old words of the name away and adds the new.</summary>
    internal IReadOnlyList<SearchWord> Reseal(Subscriber subscriber, SubjectKey key, SubscriberProfile profile, DateTimeOffset now)
    {
        subscriber.ProfileSealed = key.SealJson(profile, SealedField.Profile);
        subscriber.ExternalIdHash = ExternalIdHash(profile);
        subscriber.UpdatedAt = now;
        subscriber.Version = Guid.CreateVersion7(now);
        return NameWords(subscriber.Id, profile);
    }

    /// <summary>As <see cref="Reseal"/>, with the words of the name replaced.</summary>
    public async Task RewriteAsync(
        PortalDbContext db, Subscriber subscriber, SubjectKey key, SubscriberProfile before, SubscriberProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.ForgetWordsAsync(NameWords(subscriber.Id, before), cancellationToken);
        db.SearchWords.AddRange(Reseal(subscriber, key, profile, now));
    }

    /// <summary>Has the person found by the ending of another number; nothing is saved.</summary>
    internal async Task RenumberAsync(PortalDbContext db, SubscriberId id, string before, string e164, CancellationToken cancellationToken)
    {
        await db.ForgetWordsAsync([EndingWord(id, before)], cancellationToken);
        db.SearchWords.Add(EndingWord(id, e164));
    }

    /// <summary>All that a person of this number and name is found by.</summary>
    internal IReadOnlyList<SearchWord> Words(SubscriberId id, PhoneNumber phone, SubscriberProfile profile) => Words(id, [hashes.Ending(phone.E164), .. hashes.NameWords(profile.FullName)]);

    internal IReadOnlyList<SearchWord> NameWords(SubscriberId id, SubscriberProfile profile) =>
        Words(id, [.. hashes.NameWords(profile.FullName)]);

    private static SearchWord[] Words(SubscriberId id, ReadOnlySpan<long> hashes)
    {
        var words = new SearchWord[hashes.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = new SearchWord { SubscriberId = id, Hash = hashes[i] };
        return words;
    }

    private SearchWord EndingWord(SubscriberId id, string e164) => new() { SubscriberId = id, Hash = hashes.Ending(e164) };

    private byte[]? ExternalIdHash(SubscriberProfile profile) =>
        string.IsNullOrWhiteSpace(profile.ExternalId) ? null : hashes.ExternalId(profile.ExternalId);
}

/// <summary>A person whose rows are made and not yet added, with their open key.</summary>
internal sealed record MadeSubscriber(Subscriber Subscriber, NumberPeriod Period, IReadOnlyList<SearchWord> Words, SubjectKey Key) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
