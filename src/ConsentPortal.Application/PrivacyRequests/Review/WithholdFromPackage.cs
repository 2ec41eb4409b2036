using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <param name="Item">Of <see cref="PreviewText.Item"/>; null for words wherever they stand.</param>
/// <param name="Words">As they stand in the text, in capitals or not; null for the whole of it.</param>
/// <param name="Reason">Why the ground fits; deleted with the person's data.</param>
public sealed record Withholding(string? Item, string? Words, RedactionGround Ground, string Reason);

/// <summary>Leaves a text, or words of it, out of a package. A marker with the ground stands in its place; that something was done with the data can't be hidden.</summary>
public sealed class WithholdFromPackage(PortalDatabase database, SubscriberVault vault, SubjectKeys keys, TimeProvider clock)
{
    public const int ShortestWords = 2;
    public const int LongestWords = 200;

    internal const string Withheld = "request.wordsWithheld";

    private const int LongestReason = 500;
    private const int Most = 500;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, Withholding wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(wish.Reason))
            return new ReasonNeeded();
        var words = string.IsNullOrWhiteSpace(wish.Words) ? null : wish.Words.Trim();
        if (!Enum.IsDefined(wish.Ground) || wish.Reason.Trim().Length > LongestReason || (wish.Item is null && words is null) || words is { Length: < ShortestWords or > LongestWords })
            return new WithholdingUnusable();
        var now = clock.GetUtcNow();
        return await PackageReviewChange.ApplyAsync(
            database, vault, actor, id, now,
            async (db, subject, review) =>
            {
                var collected = await CollectedPackage.OfAsync(db, vault, subject, review, now, cancellationToken);
                var detail = new RedactionDetail(wish.Item, words, wish.Reason.Trim());
                var places = collected.Words.Count(w => IsMeant(w, detail));
                if (places == 0)
                    return new NothingToWithhold();
                if (collected.Redactions.Count >= Most || collected.Redactions.Any(r => r.Detail.Item == detail.Item && string.Equals(r.Detail.Words, detail.Words, StringComparison.OrdinalIgnoreCase)))
                    return new WithheldAlready();
                using var key = keys.Unwrap(subject.Person.WrappedKey!, subject.Person.Id);
                db.PackageRedactions.Add(new PackageRedaction
                {
                    RequestId = id, SubscriberId = subject.Person.Id, Ground = wish.Ground, DetailSealed = key.SealJson(detail, SealedField.RequestDetail), At = now, By = actor.Name,
                });
                review.Reopen();
                // Neither what nor why: both can name somebody.
                return new ReviewStep(new RequestStep(Withheld, $"Something was withheld from the package: {RedactionGrounds.InWords(wish.Ground, subject.Request.Regime)}."),
                    new Dictionary<string, object?> { ["ground"] = wish.Ground, ["whole"] = words is null, ["places"] = places });
            },
            cancellationToken);
    }

    private static bool IsMeant(PackageWord word, RedactionDetail detail) =>
        (detail.Item is null || word.Item == detail.Item) && (detail.Words is null || (!word.IsWhole && Redactor.PlacesIn(word.Text, detail.Words).Any()));
}

/// <summary>Lets out again what was withheld.</summary>
public sealed class ReleaseIntoPackage(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    internal const string Released = "request.wordsReleased";

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, long redaction, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await PackageReviewChange.ApplyAsync(
            database, vault, actor, id, now,
            async (db, subject, review) =>
            {
                if (await db.PackageRedactions.FirstOrDefaultAsync(r => r.Id == redaction && r.RequestId == id, cancellationToken) is not { } row)
                    return new NothingToWithhold();
                db.PackageRedactions.Remove(row);
                review.Reopen();
                return new ReviewStep(new RequestStep(Released, $"Something is no longer withheld from the package: {RedactionGrounds.InWords(row.Ground, subject.Request.Regime)}."),
                    new Dictionary<string, object?> { ["ground"] = row.Ground });
            },
            cancellationToken);
    }
}

public sealed record WithholdingUnusable()
    : Failure("Say what is withheld, a text or 2 to 200 characters of it, on which ground, and why in 5 to 500 characters. Nothing was changed.");

public sealed record NothingToWithhold()
    : Failure("This does not stand in the package, or not in these words. Nothing was changed; copy the words from the text.");

public sealed record WithheldAlready() : Failure("This is withheld already, or 500 things are. Nothing was changed.");
