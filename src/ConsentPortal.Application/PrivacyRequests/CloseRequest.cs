using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>Keeps the letter that tells the person why their request is refused, and where to complain. It is refused when that letter has left.</summary>
public sealed class DenyRequest(PortalDatabase database, LetterDesk desk, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken) => ExecuteAsync(actor, id, reason, null, cancellationToken);

    /// <param name="letter">Null keeps the template as it stands, in the person's language.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, LetterWords? letter, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.letterWritten", $"Letter written: {LetterWordsFor.Of(LetterKind.Denial)}. The request stays open until it has left."),
            async (db, request) => request.PlanDenial(reason.Trim()) is { IsSuccess: false } refused ? refused
                : await LetterDesk.WaitingAsync(db, id, LetterKind.Denial, cancellationToken) is { } waits ? waits
                : await desk.KeepAsync(db, actor, request, LetterKind.Denial, letter, reason, now, cancellationToken) is { } unusable ? unusable : Done.Value,
            cancellationToken);
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

/// <summary>Keeps the letter that tells the person why the answer needs longer. The last day moves to the later one of the law when that letter has left in time (EU-07, CA-03).</summary>
public sealed class ExtendRequest(PortalDatabase database, LetterDesk desk, TimeProvider clock)
{
    public Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken) => ExecuteAsync(actor, id, reason, null, cancellationToken);

    /// <param name="letter">Null keeps the template as it stands, in the person's language.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, LetterWords? letter, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.letterWritten", $"Letter written: {LetterWordsFor.Of(LetterKind.Extension)}. The last day moves once it has left.", reason),
            async (db, request) => request.LaterDays(await RequestChange.DaysAsync(db, request, now, cancellationToken)) is { IsSuccess: false } refused ? refused.Failure
                : await LetterDesk.WaitingAsync(db, id, LetterKind.Extension, cancellationToken) is { } waits ? waits
                : await desk.KeepAsync(db, actor, request, LetterKind.Extension, letter, reason, now, cancellationToken) is { } unusable ? unusable : Done.Value,
            cancellationToken);
    }
}

/// <summary>Notes something for colleagues; it goes with the person's data.</summary>
public sealed class CommentOnRequest(PortalDatabase database, TimeProvider clock)
{
    private const int Longest = 2_000;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (Refusal(text) is { } unusable)
            return unusable;
        var comment = text.Trim();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (request is { Kind: PrivacyRequestKind.Erasure, Status: PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed or PrivacyRequestStatus.Replying or PrivacyRequestStatus.Completed })
                    return new PersonIsErased();
                RequestChange.Add(db, actor, id, now, RequestEntryKinds.Comment, comment);
                // Not the words, which go with the person's data.
                db.Audit(actor, now, new AuditFact("request.commented", "request", id.ToString(), request.SubscriberId, After: new Dictionary<string, object?> { ["number"] = request.Number }));
                return Done.Value;
            },
            cancellationToken);
    }

    /// <returns>Null for words that can be kept.</returns>
    internal static CommentUnusable? Refusal(string text) => text.Trim().Length is < 2 or > Longest ? new CommentUnusable() : null;
}

public sealed record CommentUnusable() : Failure("A comment has 2 to 2,000 characters. Nothing was saved.");

public sealed record PersonIsErased() : Failure("This person's data was erased, so nothing more is written about them. Nothing was saved.");
