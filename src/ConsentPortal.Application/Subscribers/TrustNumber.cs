using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// Says that a number works after all, whatever receipts have taught: the person was on the telephone, or the carrier has put it right. Marketing
/// goes there again (P-06), until its texts fail anew.
/// </summary>
public sealed class TrustNumber(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    /// <summary>Whoever judges a number leaves this entry, so that decisions of the past can be read again.</summary>
    internal const string Judged = "number.judged";

    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    if (await db.Subscribers.FindAsync([id], cancellationToken) is not { ErasedAt: null, MergedIntoId: null } person)
                        return new SubscriberNotFound();
                    if (person.NumberState is not (NumberState.Suspect or NumberState.Invalid))
                        return new NumberNotDoubted();
                    if (PersonTraces.Refusal(vault, person, reason) is { } named)
                        return named;
                    db.Audit(actor, now, new AuditFact(Judged, "subscriber", id.ToString(), id, reason.Trim(),
                        new Dictionary<string, object?> { ["state"] = person.NumberState }, new Dictionary<string, object?> { ["state"] = NumberState.Usable }));
                    (person.NumberState, person.SoftStrikes, person.UpdatedAt, person.Version) = (NumberState.Usable, 0, now, Guid.CreateVersion7(now));
                    return Done.Value;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }
}

public sealed record NumberNotDoubted() : Failure("Nothing speaks against this number any more. Nothing was changed; load the page again.");
