using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// What may be done with a restricted person's data: they are stored and nothing else (GDPR art. 18(2); EU-13). Free stay what the person does
/// themselves, every stop, the handling of their requests, and the correction of what is wrong, which a restriction often waits for.
/// </summary>
internal static class RestrictedData
{
    /// <returns>Why nothing may be changed; null where it may.</returns>
    public static Failure? Refusal(Subscriber person) => person.IsRestricted ? new DataRestricted() : null;

    /// <summary>The same for what may be the correction that the person has asked for: an open request for it says so.</summary>
    public static async Task<Failure?> RefusalOfCorrectionAsync(PortalDbContext db, Subscriber person, CancellationToken cancellationToken) =>
        person.IsRestricted && !await db.PrivacyRequests.AnyAsync(
            r => r.SubscriberId == person.Id && r.Kind == PrivacyRequestKind.Rectification && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied
                && r.Status != PrivacyRequestStatus.Cancelled, cancellationToken)
            ? new DataRestricted()
            : null;
}

public sealed record DataRestricted()
    : Failure("The person has asked that their data be stored and nothing else (GDPR art. 18). Nothing was changed; if they ask for a correction, enter that request first, and otherwise lift the restriction.");
