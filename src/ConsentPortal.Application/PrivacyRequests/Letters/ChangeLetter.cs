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
            database, actor, letterId, now,
            (_, letter, _, subject) =>
            {
                if (subject.WrappedKey is null || letter.TextSealed is null)
                    return new LetterIsFixed();
                using var key = keys.Unwrap(subject.WrappedKey, subject.KeyId);
                var earlier = key.Open(letter.TextSealed, SealedField.RequestDetail);
                if (earlier == wanted)
                    return new LetterIsSame();
                (letter.TextSealed, letter.WrittenAt, letter.WrittenBy) = (key.Seal(wanted, SealedField.RequestDetail), now, actor.Name);
                return new LetterChange(
                    new RequestStep("request.letterChanged", $"Letter changed before it left: {LetterWordsFor.Of(letter.Kind)}."), WaitingLetter.Words(key, earlier), WaitingLetter.Words(key, wanted));
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
            database, actor, letterId, now,
            (db, letter, request, subject) =>
            {
                using var key = subject.WrappedKey is null ? null : keys.Unwrap(subject.WrappedKey, subject.KeyId);
                var words = key is null || letter.TextSealed is null ? null : WaitingLetter.Words(key, key.Open(letter.TextSealed, SealedField.RequestDetail));
                db.PrivacyRequestLetters.Remove(letter);
                if (letter.Kind == LetterKind.Denial)
                    request.DropDenial();
                // Of somebody erased nothing is written any more, the reason included.
                return new LetterChange(
                    new RequestStep("request.letterWithdrawn", $"Letter withdrawn before it left: {LetterWordsFor.Of(letter.Kind)}.", key is null ? null : reason), words, null);
            },
            cancellationToken);
    }
}

/// <param name="Before">What the letter said; null where its words are gone with the person's key.</param>
/// <param name="After">What it says now; null where there is none any more.</param>
internal sealed record LetterChange(RequestStep Step, SealedValue? Before, SealedValue? After);

/// <summary>A letter that was written and has not left. Once it has, it is what the person holds in their hands, and nobody changes it.</summary>
internal static class WaitingLetter
{
    public static async Task<Result<Done>> ActAsync(
        PortalDatabase database, Actor actor, long letterId, DateTimeOffset now, Func<PortalDbContext, PrivacyRequestLetter, PrivacyRequest, RequestSubject, Result<LetterChange>> act,
        CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    if (await db.PrivacyRequestLetters.FindAsync([letterId], cancellationToken) is not { } letter
                        || await db.PrivacyRequests.FindAsync([letter.RequestId], cancellationToken) is not { } request
                        || await RequestSubject.OfKeyAsync(db, request, letter.SubscriberId, cancellationToken) is not { } subject)
                        return new LetterNotFound();
                    if (letter.SentOn is not null)
                        return new LetterHasLeft();
                    var kind = letter.Kind;
                    if (!act(db, letter, request, subject).TryGet(out var change, out var refusal))
                        return refusal;
                    Tell(db, actor, request, now, kind, change);
                    return Done.Value;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Marked as sent, or changed by somebody else, in the same moment: both change the request's version.
            return new ChangedMeanwhile();
        }
    }

    private static void Tell(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, LetterKind kind, LetterChange change)
    {
        var step = change.Step;
        request.Version = Guid.CreateVersion7(now);
        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, step.Step);
        if (step.Note is { } note)
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Comment, note.Trim());
        db.Audit(actor, now, new AuditFact(step.Action, "request", request.Id.ToString(), request.SubscriberId,
            Before: new Dictionary<string, object?> { ["words"] = change.Before }, After: new Dictionary<string, object?> { ["number"] = request.Number, ["letter"] = kind, ["words"] = change.After }));
    }

    public static SealedValue Words(SubjectKey key, string text) => AuditTrail.Sealed(key.Seal(text, SealedField.AuditValue));
}

public sealed record LetterHasLeft() : Failure("This letter is marked as sent, so it is what the person holds in their hands. Nothing was changed; write another one.");

public sealed record LetterIsSame() : Failure("The letter says this already. Nothing was changed.");
