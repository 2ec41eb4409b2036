using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>To whom a request's letters are written, and whose key seals them: a record, or a number that has none.</summary>
/// <param name="KeyId">Under which id the key was made.</param>
/// <param name="WrappedKey">Null once it was destroyed.</param>
/// <param name="ErasedAt">Of a record.</param>
internal sealed record RequestSubject(SubscriberId KeyId, byte[]? WrappedKey, string? Language, DateTimeOffset? ErasedAt, UnrecordedNumber? Number)
{
    /// <returns>Null where the record is there no more.</returns>
    public static Task<RequestSubject?> FindAsync(PortalDbContext db, PrivacyRequest request, CancellationToken cancellationToken) =>
        OfKeyAsync(db, request, request.SubscriberId ?? UnrecordedNumber.KeyOf(request.Id), cancellationToken);

    /// <param name="keyId">Whose key sealed what is to be read: that of the request itself, or of a record.</param>
    public static async Task<RequestSubject?> OfKeyAsync(PortalDbContext db, PrivacyRequest request, SubscriberId keyId, CancellationToken cancellationToken)
    {
        if (keyId != UnrecordedNumber.KeyOf(request.Id))
            return await db.Subscribers.FindAsync([keyId], cancellationToken) is { } person ? new RequestSubject(person.Id, person.WrappedKey, person.Language, person.ErasedAt, null) : null;
        var number = await db.UnrecordedNumbers.FindAsync([request.Id], cancellationToken);
        return new RequestSubject(keyId, number?.WrappedKey, number?.Language, null, number);
    }

    /// <summary>All requests of whoever this one is of: of one record, or of one number without a record.</summary>
    public static IQueryable<PrivacyRequest> AllOfSame(PortalDbContext db, PrivacyRequest request) => request.SubscriberId is { } person
        ? db.PrivacyRequests.Where(r => r.SubscriberId == person)
        : db.PrivacyRequests.Where(r => r.Id == request.Id || db.UnrecordedNumbers.Any(n => n.RequestId == r.Id && db.UnrecordedNumbers.Any(own => own.RequestId == request.Id && own.PhoneHash == n.PhoneHash)));
}
