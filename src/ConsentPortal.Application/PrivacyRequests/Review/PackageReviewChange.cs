using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>Changes one review in one transaction, where there is one.</summary>
internal static class PackageReviewChange
{
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, SubscriberVault vault, PrivacyRequestId id, Func<PortalDbContext, PackageSubject, PackageReview, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db => !(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused) ? refused
                    : await db.PackageReviews.FindAsync([id], cancellationToken) is { } review ? await change(db, subject, review) : new PackageNotReviewed(),
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
