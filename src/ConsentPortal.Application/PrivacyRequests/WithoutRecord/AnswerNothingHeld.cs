using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>
/// Answers a request whose number no record has. It is searched for once more in the transaction of the answer, so that nobody is told of nothing while a record comes into being.
/// An erasure takes away what is kept under the number alone; the list of stops stays. The request is closed when the letter that says so has left.
/// </summary>
public sealed class AnswerNothingHeld(PortalDatabase database, TimeProvider clock)
{
    /// <param name="isFormerAnother">Staff have made sure that whoever had the number before is somebody else.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, bool isFormerAnother, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => AnswerAsync(db, actor, id, isFormerAnother, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<Done>> AnswerAsync(PortalDbContext db, Actor actor, PrivacyRequestId id, bool isFormerAnother, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
            return new RequestNotFound();
        if (request.SubscriberId is not null || await db.UnrecordedNumbers.FindAsync([id], cancellationToken) is not { } number)
            return new RequestHasRecord();
        if (number.SearchedAt is null)
            return new NotSearchedYet();
        var found = await NumberSearch.RunAsync(db, number.PhoneHash, cancellationToken);
        if (found.HasRecordNow)
            return new RecordCameIntoBeing();
        if (found.HasFormerRecord && !isFormerAnother)
            return new FormerRecordFound();
        if (request.Kind == PrivacyRequestKind.Erasure && found.Erasable > 0 && !actor.May(Permissions.EraseSubscribers))
            return new ErasingIsOthers();
        var outcome = request.AnswerNothingHeld(string.Create(CultureInfo.InvariantCulture, $"Searched on {now:d MMM yyyy, HH:mm} UTC: {found.InWords}"), now);
        if (!outcome.IsSuccess)
            return outcome;
        number.SearchedAt = now;
        if (request.Kind == PrivacyRequestKind.Erasure)
            await ForgetAsync(db, actor, request, number.PhoneHash, found, now, cancellationToken);
        RequestChange.Tell(db, actor, request, now, request.Status == PrivacyRequestStatus.Replying
            ? new RequestStep("request.carriedOut", $"Searched once more: {found.InWords} The person has to be told.") : new RequestStep("request.completed", $"Completed; searched once more: {found.InWords}"),
            SearchForNumber.Facts(found));
        return Done.Value;
    }

    /// <summary>Not what belongs to the time of a former owner: that goes with their record.</summary>
    private static async Task ForgetAsync(PortalDbContext db, Actor actor, PrivacyRequest request, byte[] hash, NumberFindings found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (found.Erasable == 0 || found.HasFormerRecord)
            return;
        await db.ProviderVerdicts.Where(v => v.PhoneHash == hash).ExecuteDeleteAsync(cancellationToken);
        await db.InboundMessages.Where(m => m.FromHash == hash && m.SubscriberId == null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null).SetProperty(x => x.FromHash, NumberPeriod.NoHash), cancellationToken);
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.numberForgotten", "What was kept under the number alone was deleted, but for the do-not-text list."), SearchForNumber.Facts(found));
    }
}

public sealed record NotSearchedYet() : Failure("Nobody has searched for the number yet. Nothing was answered; search first, and read what was found.");

public sealed record RecordCameIntoBeing()
    : Failure("A record has this number by now, so something is held. Nothing was answered; join the request to the record, and it goes on there.");

public sealed record FormerRecordFound()
    : Failure("A record had this number before, and it may be the same person's. Nothing was answered; join the request to it, or say that it is somebody else.");

public sealed record ErasingIsOthers()
    : Failure("Something is kept under this number alone, and an erasure deletes it, which your role does not do. Nothing was answered; ask somebody who erases.");
