using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>
/// The number of a request that no record has, kept for nothing but its answer. It is sealed with a key of the request's own: once the row is gone, so is the key, and
/// the letters and files that it sealed are unreadable. The request itself stays in the register without it.
/// </summary>
public sealed class UnrecordedNumber
{
    public required PrivacyRequestId RequestId { get; init; }

    public required byte[] WrappedKey { get; set; }

    public required byte[] PhoneSealed { get; init; }

    /// <summary>Keyed hash of the E.164 number.</summary>
    public required byte[] PhoneHash { get; init; }

    /// <summary>ISO 3166 region of the number.</summary>
    public string? Region { get; init; }

    /// <summary>ISO 639-1; of the page on which it was asked for.</summary>
    public string? Language { get; init; }

    /// <summary>When the number was last searched for and no record had it (UTC).</summary>
    public DateTimeOffset? SearchedAt { get; set; }

    /// <summary>Under which id the key of a request was made: that of nobody.</summary>
    internal static SubscriberId KeyOf(PrivacyRequestId request) => SubscriberId.From(request.Value);

    /// <returns>Null for words that do not hold the number, and where it is gone.</returns>
    internal static Failure? NamingRefusal(SubscriberVault vault, UnrecordedNumber? number, string words) =>
        number is not null && vault.Open(KeyOf(number.RequestId), number.WrappedKey, number.PhoneSealed, null, number.Region) is { } opened && PersonTraces.Of(opened).AreIn(words) ? new ReasonNamesPerson() : null;

    /// <summary>Destroys the numbers of requests, with the keys that sealed them, and what was written in plain words; that there were these requests stays.</summary>
    /// <returns>How many numbers went.</returns>
    internal static async Task<int> ForgetAsync(PortalDbContext db, IQueryable<PrivacyRequest> requests, CancellationToken cancellationToken)
    {
        var ids = await requests.Where(r => db.UnrecordedNumbers.Any(n => n.RequestId == r.Id)).Select(r => r.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return 0;
        await db.PrivacyRequestEntries.Where(e => ids.Contains(e.RequestId) && e.Kind != RequestEntryKinds.Step).ExecuteDeleteAsync(cancellationToken);
        await db.PrivacyRequestAttachments.Where(a => ids.Contains(a.RequestId)).ExecuteDeleteAsync(cancellationToken);
        await db.PrivacyRequestLetters.Where(l => ids.Contains(l.RequestId) && l.TextSealed != null).ExecuteUpdateAsync(l => l.SetProperty(x => x.TextSealed, (byte[]?)null), cancellationToken);
        return await db.UnrecordedNumbers.Where(n => ids.Contains(n.RequestId)).ExecuteDeleteAsync(cancellationToken);
    }

    internal static UnrecordedNumber Of(PrivacyRequestId request, PhoneNumber phone, string? language, SubjectKeys keys, LookupHash hashes)
    {
        var (wrapped, key) = keys.Create(KeyOf(request));
        using (key)
        {
            return new UnrecordedNumber
            {
                RequestId = request, WrappedKey = wrapped, PhoneSealed = key.Seal(phone.E164, SealedField.Phone), PhoneHash = hashes.Phone(phone),
                Region = phone.Region.Length > 0 ? phone.Region : null, Language = language?.Split('-')[0].ToLowerInvariant() is { Length: 2 } spoken ? spoken : null,
            };
        }
    }
}

internal sealed class UnrecordedNumberMapping : IEntityTypeConfiguration<UnrecordedNumber>
{
    public void Configure(EntityTypeBuilder<UnrecordedNumber> builder)
    {
        builder.ToTable("UnrecordedNumbers");
        builder.HasKey(n => n.RequestId);
        builder.Property(n => n.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(n => n.Region).HasMaxLength(3);
        builder.Property(n => n.Language).HasMaxLength(2);
        builder.HasIndex(n => n.PhoneHash);
        builder.HasOne<PrivacyRequest>().WithOne().HasForeignKey<UnrecordedNumber>(n => n.RequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
