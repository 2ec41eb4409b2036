using System.Text.Json;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>What a person's sealed columns say, once opened. Never logged, never cached.</summary>
public sealed record OpenedSubscriber(PhoneNumber Phone, SubscriberProfile Profile);

/// <summary>Opens the sealed columns of people whose key still exists.</summary>
public sealed class SubscriberVault(SubjectKeys keys)
{
    /// <returns>Null for an erased person: their key is gone, and with it everything readable.</returns>
    public OpenedSubscriber? Open(SubscriberId id, byte[]? wrappedKey, byte[]? phoneSealed, byte[]? profileSealed, string? region)
    {
        if (wrappedKey is null || phoneSealed is null)
            return null;
        using var key = keys.Unwrap(wrappedKey, id);
        var phone = new PhoneNumber(key.Open(phoneSealed, SealedField.Phone), region ?? "");
        var profile = profileSealed is null ? null : JsonSerializer.Deserialize<SubscriberProfile>(key.Open(profileSealed, SealedField.Profile));
        return new OpenedSubscriber(phone, profile ?? SubscriberProfile.Empty);
    }

    public OpenedSubscriber? Open(Subscriber subscriber) =>
        Open(subscriber.Id, subscriber.WrappedKey, subscriber.PhoneSealed, subscriber.ProfileSealed, subscriber.Region);

    /// <summary>Opens one more sealed value of a person, such as the body of a text.</summary>
    public string? OpenField(SubscriberId id, byte[]? wrappedKey, byte[]? blob, SealedField field)
    {
        if (wrappedKey is null || blob is null)
            return null;
        using var key = keys.Unwrap(wrappedKey, id);
        return key.Open(blob, field);
    }

    /// <summary>Opens a sealed file of a person.</summary>
    public byte[]? OpenBytes(SubscriberId id, byte[]? wrappedKey, byte[]? blob, SealedField field)
    {
        if (wrappedKey is null || blob is null)
            return null;
        using var key = keys.Unwrap(wrappedKey, id);
        return key.OpenBytes(blob, field);
    }
}
