using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>
/// Keeps a letter that goes with no other act: that the request came in, a question while the clock runs on, the result. More time
/// and a refusal bring their letters themselves.
/// </summary>
public sealed class WriteLetter(PortalDatabase database, LetterDesk desk, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, LetterKind kind, LetterWords? words, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (kind is LetterKind.Extension or LetterKind.Denial)
            return new LetterOfAnAct();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.letterWritten", $"Letter written: {LetterWordsFor.Of(kind)}."),
            async (db, request) => kind == LetterKind.Completion && request.Status is not (PrivacyRequestStatus.Replying or PrivacyRequestStatus.Completed)
                ? new RequestNotReady("The letter that says what was done is written once it is done. Nothing was kept.")
                : await desk.KeepAsync(db, actor, request, kind, words, request.Outcome, now, cancellationToken) is { } refusal ? refusal : Done.Value,
            cancellationToken);
    }
}

/// <summary>The letters in words for staff.</summary>
public static class LetterWordsFor
{
    public static string Of(LetterKind kind) => kind switch
    {
        LetterKind.Acknowledgement => "confirmation of receipt",
        LetterKind.IdentityQuestion => "who asks",
        LetterKind.ClarityQuestion => "what is meant",
        LetterKind.Extension => "more time",
        LetterKind.Denial => "refusal",
        LetterKind.Completion => "what was done",
    };
}

public sealed record LetterOfAnAct()
    : Failure("The letters about more time and about a refusal are written with the act itself. Nothing was kept; extend or deny the request.");
