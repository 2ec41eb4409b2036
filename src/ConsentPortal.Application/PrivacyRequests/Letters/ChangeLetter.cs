using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>
/// Corrects the words of a letter that has not left; what is sent is the letter as it then stands, which counts as written now and by whoever
/// corrected it. The trail keeps both versions, sealed with the person's key.
/// </summary>
public sealed class ChangeLetter(PortalDatabase database, SubjectKeys keys, TimeProvider clock)
{
    /// <param name="text">The first line is the subject.</param>
    public Task<Result<Done>> ExecuteAsync(Actor actor, long letterId, string text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var (now, wanted) = (clock.GetUtcNow(), text.Trim());
        if (wanted.Length is < 10 or > LetterDesk.Longest)
            return Task.FromResult<Result<Done>>(new LetterUnusable());
        return WaitingLetter.ActAsync(
            database, letterId,
            (db, letter, request, person) =>
            {
                if (person.WrappedKey is null || letter.TextSealed is null)
                    return new LetterIsFixed();
                using var key = keys.Unwrap(person.WrappedKey, person.Id);
                var earlier = key.Open(letter.TextSealed, SealedField.RequestDetail);
                if (earlier == wanted)
                    return new LetterIsSame();
                (letter.TextSealed, letter.WrittenAt, letter.WrittenBy) = (key.Seal(wanted, SealedField.RequestDetail), now, actor.Name);
                WaitingLetter.Tell(
                    db, actor, request, now, new RequestStep("request.letterChanged", $"Letter changed before it left: {LetterWordsFor.Of(letter.Kind)}."), letter.Kind,
                    WaitingLetter.Words(key, earlier), WaitingLetter.Words(key, wanted));
                return Done.Value;
            },
            cancellationToken);
    }
}

/// <summary>Takes a letter back that has not left, and with it what it would have brought: more time, a refusal, a clock that stands.</summary>
public sealed class WithdrawLetter(PortalDatabase database, SubjectKeys keys, TimeProvider clock)
{
    /// <param name="reason">For colleagues; deleted with the person's data.</param>
    public Task<Result<Done>> ExecuteAsync(Actor actor, long letterId, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return Task.FromResult<Result<Done>>(new ReasonNeeded());
        var now = clock.GetUtcNow();
        return WaitingLetter.ActAsync(
            database, letterId,
            (db, letter, request, person) =>
            {
                using var key = person.WrappedKey is null ? null : keys.Unwrap(person.WrappedKey, person.Id);
                var words = key is null || letter.TextSealed is null ? null : WaitingLetter.Words(key, key.Open(letter.TextSealed, SealedField.RequestDetail));
                db.PrivacyRequestLetters.Remove(letter);
                if (letter.Kind == LetterKind.Denial)
                    request.DropDenial();
                // Of somebody erased nothing is written any more, the reason included.
                WaitingLetter.Tell(
                    db, actor, request, now, new RequestStep("request.letterWithdrawn", $"Letter withdrawn before it left: {LetterWordsFor.Of(letter.Kind)}.", key is null ? null : reason), letter.Kind, words, null);
                return Done.Value;
            },
            cancellationToken);
    }
}

/// <summary>A letter that was written and has not left. Once it has, it is what the person holds in their hands, and nobody changes it.</summary>
internal static class WaitingLetter
{
    public static async Task<Result<Done>> ActAsync(
        PortalDatabase database, long letterId, Func<PortalDbContext, PrivacyRequestLetter, PrivacyRequest, Subscriber, Result<Done>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(
                async db =>
                {
                    if (await db.PrivacyRequestLetters.FindAsync([letterId], cancellationToken) is not { } letter
                        || await db.PrivacyRequests.FindAsync([letter.RequestId], cancellationToken) is not { } request
                        || await db.Subscribers.FindAsync([letter.SubscriberId], cancellationToken) is not { } person)
                        return new LetterNotFound();
                    return letter.SentOn is null ? act(db, letter, request, person) : new LetterHasLeft();
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Marked as sent, or changed by somebody else, in the same moment: both change the request's version.
            return new ChangedMeanwhile();
        }
    }

    public static void Tell(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, RequestStep step, LetterKind kind, SealedValue? before, SealedValue? after)
    {
        request.Version = Guid.CreateVersion7(now);
        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, step.Step);
        if (step.Note is { } note)
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Comment, note.Trim());
        db.Audit(actor, now, new AuditFact(step.Action, "request", request.Id.ToString(), request.SubscriberId,
            Before: new Dictionary<string, object?> { ["words"] = before }, After: new Dictionary<string, object?> { ["number"] = request.Number, ["letter"] = kind, ["words"] = after }));
    }

    public static SealedValue Words(SubjectKey key, string text) => AuditTrail.Sealed(key.Seal(text, SealedField.AuditValue));
}

public sealed record LetterHasLeft() : Failure("This letter is marked as sent, so it is what the person holds in their hands. Nothing was changed; write another one.");

public sealed record LetterIsSame() : Failure("The letter says this already. Nothing was changed.");
