using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// A code shows that somebody holds a number. Once the number has been given to somebody else it shows nothing about the
/// person whose it was: their data must neither be handed out on it nor deleted.
/// </summary>
internal static class CodeProof
{
    /// <returns>Null where a code read back from the number of this record is proof.</returns>
    public static async Task<Failure?> RefusalAsync(PortalDbContext db, SubscriberId person, CancellationToken cancellationToken) =>
        await db.Subscribers.AnyAsync(s => s.Id == person && s.NumberState == NumberState.Reassigned, cancellationToken) ? new CodeProvesNothing() : null;

    /// <returns>Null for a request whose proof holds no code, and for one whose number is still the person's.</returns>
    public static Failure? Refusal(PrivacyRequest request, Subscriber? person) =>
        request.NeedsVerification && person is { NumberState: NumberState.Reassigned } && IdentityTable.Ways.Any(way => way.NeedsCode && way.Name == request.VerifiedBy) ? new VerifiedByAnothersCode() : null;
}

public sealed record CodeProvesNothing()
    : Failure("The number of this record belongs to somebody else now, so a code that was read back shows nothing about this person. Nothing was changed; recognise them in another way.");

public sealed record VerifiedByAnothersCode()
    : Failure("This request was verified by a code, and the number that it was texted to belongs to somebody else now. Nothing was done; cancel the request, enter it again with the day on which it came in, and recognise the person in another way.");
