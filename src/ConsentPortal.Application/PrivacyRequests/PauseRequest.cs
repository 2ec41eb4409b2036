using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Asks the person who they are or what they mean, and lets the clock stand until they answer, where the law does (UK-02). The
/// letter that asks is kept with it.
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
        var (kind, what) = cause == PauseCause.Identity ? (LetterKind.IdentityQuestion, "who they are") : (LetterKind.ClarityQuestion, "what they mean");
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.paused", $"The clock stands: the person is asked {what}.", reason),
            async (db, request) => request.Pause(cause, await RequestChange.DaysAsync(db, request, now, cancellationToken)) is { IsSuccess: false } refused ? refused
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
