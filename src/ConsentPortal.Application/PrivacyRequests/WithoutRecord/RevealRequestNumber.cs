using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>Shows the number of a request that no record has to somebody who gives a reason, such as to call it; the entry is written before the number is shown.</summary>
public sealed class RevealRequestNumber(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Revealed = "request.numberRevealed";

    public async Task<Result<string>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        actor.Require(Permissions.RevealNumbers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<string>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { SubscriberId: null } request
                    || await db.UnrecordedNumbers.FindAsync([id], cancellationToken) is not { } number
                    || vault.Open(UnrecordedNumber.KeyOf(id), number.WrappedKey, number.PhoneSealed, null, number.Region) is not { } opened)
                    return new RequestHasRecord();
                if (PersonTraces.Of(opened).AreIn(reason))
                    return new ReasonNamesPerson();
                db.Audit(actor, now, new AuditFact(Revealed, "request", id.ToString(), Reason: reason, After: new Dictionary<string, object?> { ["number"] = request.Number, ["kind"] = request.Kind }));
                return opened.Phone.E164;
            },
            cancellationToken);
    }
}
