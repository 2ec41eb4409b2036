using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>A request that is answered with a package, and whose it is.</summary>
/// <param name="Records">All records of the person, their own first.</param>
internal sealed record PackageSubject(PrivacyRequest Request, Subscriber Person, IReadOnlyList<PersonRecord> Records)
{
    /// <returns>A failure while nobody may gather the person's data for it.</returns>
    public static async Task<Result<PackageSubject>> FindAsync(PortalDbContext db, SubscriberVault vault, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
            return new RequestNotFound();
        if (MakeAccessPackage.Refusal(request) is { } refusal)
            return refusal;
        if (request.SubscriberId is not { } subject)
            return new NoRecordToActOn();
        var person = await db.Subscribers.FindAsync([subject], cancellationToken);
        if (CodeProof.Refusal(request, person) is { } anothers)
            return anothers;
        return person is not null && await PersonRecord.AllOfAsync(db, vault, person, cancellationToken) is { } records
            ? new PackageSubject(request, person, records) : new SubscriberNotFound();
    }
}
