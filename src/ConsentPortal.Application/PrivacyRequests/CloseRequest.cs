using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>Refuses a request, with the reason that the person is told.</summary>
public sealed class DenyRequest(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.denied", "Denied; the person has to be told why, and where to complain."), request => request.Deny(reason.Trim(), now), cancellationToken);
    }
}

/// <summary>Ends a request that the person took back or that was entered by mistake.</summary>
public sealed class CancelRequest(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.cancelled", "Cancelled."), request => request.Cancel(reason.Trim(), now), cancellationToken);
    }
}

/// <summary>Takes the later day that the law allows, once the person was told why it is needed.</summary>
public sealed class ExtendRequest(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.extended", "The time was extended; the person was told the reason.", reason),
            request => request.Extend(DateOnly.FromDateTime(now.UtcDateTime)), cancellationToken);
    }
}

/// <summary>Notes something for colleagues; it goes with the person's data.</summary>
public sealed class CommentOnRequest(PortalDatabase database, TimeProvider clock)
{
    private const int Longest = 2_000;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var comment = text.Trim();
        if (comment.Length is < 2 or > Longest)
            return new CommentUnusable();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (request is { Kind: PrivacyRequestKind.Erasure, Status: PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed or PrivacyRequestStatus.Completed })
                    return new PersonIsErased();
                RequestChange.Add(db, actor, id, now, RequestEntryKinds.Comment, comment);
                // Not the words, which go with the person's data.
                db.Audit(actor, now, new AuditFact("request.commented", "request", id.ToString(), request.SubscriberId, After: new Dictionary<string, object?> { ["number"] = request.Number }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record CommentUnusable() : Failure("A comment has 2 to 2,000 characters. Nothing was saved.");

public sealed record PersonIsErased() : Failure("This person's data was erased, so nothing more is written about them. Nothing was saved.");
