using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>What changed in a review, for the request's activity and the audit trail.</summary>
/// <param name="More">For the audit trail alone; no word of what is withheld.</param>
internal sealed record ReviewStep(RequestStep Step, Dictionary<string, object?> More);

/// <summary>Changes one review in one transaction, where there is one.</summary>
internal static class PackageReviewChange
{
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, SubscriberVault vault, Actor actor, PrivacyRequestId id, DateTimeOffset now,
        Func<PortalDbContext, PackageSubject, PackageReview, Task<Result<ReviewStep>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    if (!(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused))
                        return refused;
                    if (await db.PackageReviews.FindAsync([id], cancellationToken) is not { } review)
                        return new PackageNotReviewed();
                    if (!(await change(db, subject, review)).TryGet(out var changed, out refused))
                        return refused;
                    RequestChange.Tell(db, actor, subject.Request, now, changed.Step, changed.More);
                    return Done.Value;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }
}

public sealed record PackageNotReviewed()
    : Failure("Somebody has to look through what the package would hold, and confirm it, before it is made. Nothing was made; review it on the page of the request.");
