using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>
/// Joins a request to a record that its number leads to, where it goes on as any other. Letters and files are sealed anew with the person's key, and the number of the request
/// goes with the key that sealed it. Who asks is made sure anew.
/// </summary>
public sealed class JoinRecord(PortalDatabase database, SubjectKeys keys, SendingGate gate, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, SubscriberId record, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.joined", "Joined to the record that the number leads to. Who asks has to be made sure for it."),
            (db, request) => JoinAsync(db, actor, request, record, now, cancellationToken), cancellationToken);
    }

    private async Task<Result<Done>> JoinAsync(PortalDbContext db, Actor actor, PrivacyRequest request, SubscriberId record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.SubscriberId is not null || await db.UnrecordedNumbers.FindAsync([request.Id], cancellationToken) is not { } number)
            return new RequestHasRecord();
        // Only where the number leads: a request joined to somebody else would hand their data to a stranger.
        if ((await NumberSearch.RunAsync(db, number.PhoneHash, cancellationToken)).Records.All(r => r.Id != record)
            || await db.Subscribers.FindAsync([record], cancellationToken) is not { WrappedKey: { } wrapped } person)
            return new RecordIsNotOfNumber();
        var outcome = request.Join(record);
        if (!outcome.IsSuccess)
            return outcome;
        using (var own = keys.Unwrap(number.WrappedKey, UnrecordedNumber.KeyOf(request.Id)))
        using (var theirs = keys.Unwrap(wrapped, record))
            await ResealAsync(db, request, record, own, theirs, cancellationToken);
        db.UnrecordedNumbers.Remove(number);
        await EffectAtOnce.JoinAsync(db, gate, actor, request, person, now, cancellationToken);
        return Done.Value;
    }

    private static async Task ResealAsync(PortalDbContext db, PrivacyRequest request, SubscriberId record, SubjectKey own, SubjectKey theirs, CancellationToken cancellationToken)
    {
        foreach (var letter in await db.PrivacyRequestLetters.Where(l => l.RequestId == request.Id).ToListAsync(cancellationToken))
            (letter.SubscriberId, letter.TextSealed) = (record, letter.TextSealed is { } words ? theirs.Seal(own.Open(words, SealedField.RequestDetail), SealedField.RequestDetail) : null);
        foreach (var file in await db.PrivacyRequestAttachments.Where(a => a.RequestId == request.Id).ToListAsync(cancellationToken))
        {
            file.SubscriberId = record;
            file.NameSealed = file.NameSealed is { } name ? theirs.Seal(own.Open(name, SealedField.Document), SealedField.Document) : null;
            file.ContentSealed = file.ContentSealed is { } content ? theirs.Seal(own.OpenBytes(content, SealedField.Document), SealedField.Document) : null;
        }
    }
}

public sealed record RecordIsNotOfNumber()
    : Failure("The number of this request does not lead to that record, or the record was erased. Nothing was changed; open the request anew and look at what it offers.");
