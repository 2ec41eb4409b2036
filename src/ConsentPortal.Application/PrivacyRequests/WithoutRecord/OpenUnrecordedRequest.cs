using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>A request for a number that no record has; see <see cref="RequestWish"/>.</summary>
/// <param name="Language">In which the person asked, such as de; null where it is not known.</param>
public sealed record NewUnrecordedRequest(
    PhoneNumber Phone, PrivacyRequestKind Kind, PrivacyRegime? Regime, string Source, DateTimeOffset ReceivedAt, string? Note = null, bool IsSecondWanted = false,
    DateOnly? ReceivedOn = null, string? Message = null, string? Language = null) : RequestWish(Kind, Regime, Source, ReceivedAt, Note, IsSecondWanted, ReceivedOn, Message);

/// <summary>
/// Enters a request for a number that no record has, or only an erased one, and starts its clock: it wants an answer, and a place in the register, like any other (GDPR art. 12(3);
/// 11 CCR § 7101). What stops texts puts the number on the do-not-text list.
/// </summary>
public sealed class OpenUnrecordedRequest(PortalDatabase database, UnrecordedIntake intake, LookupHash hashes, TimeProvider clock)
{
    public async Task<Result<PrivacyRequestId>> ExecuteAsync(Actor actor, NewUnrecordedRequest wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(wish.Source))
            return new SourceNeeded();
        if (PersonTraces.Of(wish.Phone.E164, SubscriberProfile.Empty).AreIn(wish.Source))
            return new ReasonNamesPerson();
        return await database.WriteAsync<Result<PrivacyRequestId>>(
            async db =>
            {
                wish = wish.ReceivedOn is { } day ? wish with { ReceivedAt = (await OrganisationDays.OfAsync(db, cancellationToken)).BeginningOf(day) } : wish;
                if (OpenPrivacyRequest.ReceiptRefusal(wish.ReceivedAt, now) is { } impossible)
                    return impossible;
                if (await OnePerNumber.FindAsync(db, hashes.Phone(wish.Phone), cancellationToken) is not null)
                    return new NumberHasRecord();
                if (!wish.IsSecondWanted && await intake.OpenOneAsync(db, wish, cancellationToken) is { } open)
                    return new RequestIsOpenAlready(open.Id, open.Number);
                return (await intake.EnterAsync(db, actor, wish, now, cancellationToken)).Id;
            },
            cancellationToken);
    }
}

/// <summary>Takes requests in for numbers that no record has, in the caller's transaction, in which <see cref="OnePerNumber"/> has found nobody.</summary>
public sealed class UnrecordedIntake(SubjectKeys keys, LookupHash hashes)
{
    /// <summary>The open request of the same kind and number, or a new one. So a flood of requests for one number leaves one row and what was written with it, up to a bound.</summary>
    internal async Task<(PrivacyRequest Request, bool IsNew, bool IsMessageAdded)> EnterOnceAsync(
        PortalDbContext db, Actor actor, NewUnrecordedRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await OpenOneAsync(db, wish, cancellationToken) is not { } open)
            return (await EnterAsync(db, actor, wish, now, cancellationToken), true, false);
        await EffectAtOnce.StopNumberAsync(db, actor, open, hashes.Phone(wish.Phone), wish.ReceivedAt, now, cancellationToken);
        return (open, false, await OpenPrivacyRequest.AddMessageAsync(db, actor, open, wish, now, cancellationToken));
    }

    internal Task<PrivacyRequest?> OpenOneAsync(PortalDbContext db, NewUnrecordedRequest wish, CancellationToken cancellationToken)
    {
        var hash = hashes.Phone(wish.Phone);
        return OpenPrivacyRequest.OpenOneAsync(
            db.PrivacyRequests.Where(r => r.SubscriberId == null && db.UnrecordedNumbers.Any(n => n.RequestId == r.Id && n.PhoneHash == hash)), wish.Kind, cancellationToken);
    }

    internal async Task<PrivacyRequest> EnterAsync(PortalDbContext db, Actor actor, NewUnrecordedRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var number = wish.Phone.Region.Length > 0 ? wish.Phone.Region : null;
        var request = await OpenPrivacyRequest.AddAsync(db, null, null, number, wish, now, cancellationToken);
        db.UnrecordedNumbers.Add(UnrecordedNumber.Of(request.Id, wish.Phone, wish.Language, keys, hashes));
        OpenPrivacyRequest.TellOpened(db, actor, request, wish, now, " No record has the number.");
        await EffectAtOnce.StopNumberAsync(db, actor, request, hashes.Phone(wish.Phone), wish.ReceivedAt, now, cancellationToken);
        return request;
    }
}

public sealed record NumberHasRecord()
    : Failure("Somebody here has this number. Nothing was added; find them by it, and enter the request for their record.");
