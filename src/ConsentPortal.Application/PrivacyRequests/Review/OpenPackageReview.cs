using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>
/// Shows what a package would hold before it is made, and collects it where nobody has yet. It is a look at the person behind the
/// mask, which the audit trail keeps. What a visit loads again afterwards comes from <see cref="PackageReviewDetail"/>.
/// </summary>
public sealed class OpenPackageReview(PortalDatabase database, SubscriberVault vault, SubjectKeys keys, TimeProvider clock)
{
    public const string Viewed = "request.packageViewed";

    public async Task<Result<PackagePreview>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync<Result<PackagePreview>>(
                async db =>
                {
                    if (!(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused))
                        return refused;
                    var review = await db.PackageReviews.FindAsync([id], cancellationToken) ?? await CollectPackage.ApplyAsync(db, vault, keys, actor, subject, null, now, cancellationToken);
                    var collected = await CollectedPackage.OfAsync(db, vault, subject, review, now, cancellationToken);
                    db.Audit(actor, now, new AuditFact(Viewed, "request", id.ToString(), subject.Person.Id, After: new Dictionary<string, object?>
                    {
                        ["number"] = subject.Request.Number, ["kind"] = subject.Request.Kind, ["texts"] = collected.Words.Count,
                    }));
                    return collected.Preview(subject, review);
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }
}

/// <summary>The same without an entry, for what a visit shows after an act of its own.</summary>
public sealed class PackageReviewDetail(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<PackagePreview>> GetAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        await using var db = database.Open();
        if (!(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused))
            return refused;
        return await db.PackageReviews.FindAsync([id], cancellationToken) is { } review
            ? (await CollectedPackage.OfAsync(db, vault, subject, review, clock.GetUtcNow(), cancellationToken)).Preview(subject, review) : new PackageNotReviewed();
    }
}
