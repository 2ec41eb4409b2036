using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Preferences;
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
    /// <summary>Adds the rows to the context; nothing is saved.</summary>
    public Subscriber Add(PortalDbContext db, NewSubscriber person, DateTimeOffset now)
    {
        var id = SubscriberId.New(now);
        var (wrapped, key) = keys.Create(id);
        using var _ = key;
        var hash = hashes.Phone(person.Phone);
        var period = new NumberPeriod { Id = NumberPeriodId.New(now), SubscriberId = id, PhoneHash = hash, From = now };
        var subscriber = new Subscriber
        {
            Id = id, WrappedKey = wrapped, PhoneSealed = key.Seal(person.Phone.E164, SealedField.Phone), PhoneHash = hash,
            Last4Hash = hashes.Last4(person.Phone.E164), ProfileSealed = key.Seal(JsonSerializer.Serialize(person.Profile), SealedField.Profile),
            ExternalIdHash = ExternalIdHash(person.Profile), CurrentPeriodId = period.Id, Region = person.Phone.Region,
            DeclaredRegion = person.DeclaredRegion, DeclaredState = person.DeclaredState, DeclaredZone = person.DeclaredZone,
            Language = person.Language, LineType = person.LineType, Source = person.Source, Frequency = person.Frequency,
            CreatedAt = now, UpdatedAt = now, ImportBatchId = person.ImportBatchId, Version = Guid.CreateVersion7(now),
        };
        db.Subscribers.Add(subscriber);
        db.NumberPeriods.Add(period);
        AddNameTokens(db, id, person.Profile);
        return subscriber;
    }

    /// <summary>Seals a changed profile and replaces the hashes it is found by; the caller has removed the old name tokens.</summary>
    public void Rewrite(PortalDbContext db, Subscriber subscriber, SubjectKey key, SubscriberProfile profile, DateTimeOffset now)
    {
        subscriber.ProfileSealed = key.Seal(JsonSerializer.Serialize(profile), SealedField.Profile);
        subscriber.ExternalIdHash = ExternalIdHash(profile);
        subscriber.UpdatedAt = now;
        subscriber.Version = Guid.CreateVersion7(now);
        AddNameTokens(db, subscriber.Id, profile);
    }

    private void AddNameTokens(PortalDbContext db, SubscriberId id, SubscriberProfile profile)
    {
        foreach (var token in hashes.NameTokens(profile.FullName))
            db.NameTokens.Add(new NameToken { SubscriberId = id, Hash = token });
    }

    private byte[]? ExternalIdHash(SubscriberProfile profile) =>
        string.IsNullOrWhiteSpace(profile.ExternalId) ? null : hashes.ExternalId(profile.ExternalId);
}
