using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>Takes into a review what was written since it was collected. What was withheld stays withheld, and somebody confirms anew.</summary>
public sealed class CollectPackage(PortalDatabase database, SubscriberVault vault, SubjectKeys keys, TimeProvider clock)
{
    internal const string Collected = "request.packageCollected";

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    if (!(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused))
                        return refused;
                    await ApplyAsync(db, vault, keys, actor, subject, await db.PackageReviews.FindAsync([id], cancellationToken), now, cancellationToken);
                    return Done.Value;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    /// <param name="review">Null for the first time.</param>
    internal static async Task<PackageReview> ApplyAsync(
        PortalDbContext db, SubscriberVault vault, SubjectKeys keys, Actor actor, PackageSubject subject, PackageReview? review, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var collected = await CollectedPackage.OfAsync(db, vault, subject, null, now, cancellationToken);
        if (review is null)
            db.PackageReviews.Add(review = new PackageReview { RequestId = subject.Request.Id, SubscriberId = subject.Person.Id });
        using (var key = keys.Unwrap(subject.Person.WrappedKey!, subject.Person.Id))
            review.Collect(Redactor.Seal(key, collected.SeenBy(actor.Kind == ActorKind.Staff ? actor.Name : null)), now);
        RequestChange.Tell(db, actor, subject.Request, now, new RequestStep(Collected, "What the package would hold was collected for review."),
            new Dictionary<string, object?> { ["texts"] = collected.Words.Count });
        return review;
    }
}
