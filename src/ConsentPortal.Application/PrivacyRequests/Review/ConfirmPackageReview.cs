using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>Says that a package may go out as it was looked through.</summary>
public sealed class ConfirmPackageReview(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    internal const string Reviewed = "request.packageReviewed";

    /// <param name="collectedAt">Which collection the reader has seen: <see cref="PackagePreview.CollectedAt"/>.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, DateTimeOffset collectedAt, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await PackageReviewChange.ApplyAsync(
            database, vault, actor, id, now,
            async (db, subject, review) =>
            {
                if (review.Confirm(collectedAt, actor.Name, now).Failure is { } refused)
                    return refused;
                var collected = await CollectedPackage.OfAsync(db, vault, subject, review, now, cancellationToken);
                return new ReviewStep(new RequestStep(Reviewed, $"The package was reviewed as of {collectedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC; {InWords(collected.Withheld)}."),
                    collected.Counts([]));
            },
            cancellationToken);
    }

    private static string InWords(IReadOnlyList<PersonWithheld> withheld) =>
        withheld.Count == 0 ? "nothing is withheld" : $"withheld: {string.Join("; ", withheld.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Places:N0} × {w.Meaning}")))}";
}
