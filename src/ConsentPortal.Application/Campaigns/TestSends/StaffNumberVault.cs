using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>Seals and opens numbers of staff. Each row has a key of its own, bound to the row.</summary>
public sealed class StaffNumberVault(SubjectKeys keys, LookupHash hashes)
{
    internal StaffNumber Seal(Guid staff, PhoneNumber phone, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var (wrapped, key) = keys.Create(new SubscriberId(id));
        using (key)
            return new StaffNumber
            {
                Id = id, StaffId = staff, PhoneHash = hashes.Phone(phone), WrappedKey = wrapped, PhoneSealed = key.Seal(phone.E164, SealedField.Phone), Region = phone.Region, AddedAt = now,
            };
    }

    internal PhoneNumber Open(StaffNumber number)
    {
        using var key = keys.Unwrap(number.WrappedKey, new SubscriberId(number.Id));
        return new PhoneNumber(key.Open(number.PhoneSealed, SealedField.Phone), number.Region);
    }
}
