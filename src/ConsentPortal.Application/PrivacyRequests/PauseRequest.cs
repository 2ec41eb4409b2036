using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Keeps the letter that asks the person who they are or what they mean, where the law lets the clock stand until they answer
/// (UK-02). It stands from the day on which that letter leaves.
/// </summary>
public sealed class PauseRequest(PortalDatabase database, LetterDesk desk, TimeProvider clock)
{
    /// <param name="reason">What the person is asked; deleted with their data.</param>
    /// <param name="letter">Null keeps the template as it stands, in the person's language.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, PauseCause cause, string reason, LetterWords? letter, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        var kind = cause == PauseCause.Identity ? LetterKind.IdentityQuestion : LetterKind.ClarityQuestion;
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.letterWritten", $"Letter written: {LetterWordsFor.Of(kind)}. The clock stands once it has left.", reason),
            async (db, request) => request.PauseRefusal(cause, await RequestChange.DaysAsync(db, request, now, cancellationToken)) is { } refused ? refused
                : await LetterDesk.WaitingAsync(db, id, kind, cancellationToken) is { } waits ? waits
                : await desk.KeepAsync(db, actor, request, kind, letter, reason, now, cancellationToken) is { } unusable ? unusable : Done.Value,
            cancellationToken);
    }
}

/// <summary>Lets the clock run on when the person has answered.</summary>
public sealed class ResumeRequest(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.resumed", "The person has answered; the clock runs on."), (request, days) => request.Resume(days), cancellationToken);
    }
}
