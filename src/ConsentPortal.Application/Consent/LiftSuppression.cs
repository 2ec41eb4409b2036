using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>
/// Takes back an entry that staff put on the do-not-text list by mistake. It gives no consent back: what has ended with the
/// entry returns only by an act of the person.
/// </summary>
public sealed class LiftSuppression(PortalDatabase database, SubscriberVault vault, LookupHash hashes, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var entry = await db.Suppressions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
                if (entry is null)
                    return new SuppressionNotFound();
                var name = id.ToString(CultureInfo.InvariantCulture);
                var byHand = await db.AuditEntries.AnyAsync(e => e.Action == AddSuppression.Added && e.ObjectKind == "suppression" && e.ObjectId == name, cancellationToken);
                if (!SuppressionList.MayBeLifted(entry.Source, byHand))
                    return new SuppressionStays();
                var people = await WithdrawConsent.WithNumberAsync(db, entry.PhoneHash, cancellationToken);
                if (NumberInText.Is(hashes, entry.PhoneHash, reason) || people.Exists(person => PersonTraces.Refusal(vault, person, reason) is not null))
                    return new ReasonNamesPerson();
                // The guard lets one of two people who lift at once win; the other is told.
                if (await db.Suppressions.Where(s => s.Id == id && s.LiftedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, now), cancellationToken) == 0)
                    return new SuppressionLiftedAlready();
                db.Audit(actor, now, new AuditFact("suppression.lifted", "suppression", name, Reason: reason.Trim(), Before: Facts(null), After: Facts(now)));
                return Done.Value;

                Dictionary<string, object?> Facts(DateTimeOffset? liftedAt) => new()
                {
                    ["number"] = SuppressionLabel.Of(entry.PhoneHash), ["scope"] = entry.Scope, ["listedAt"] = entry.At, ["liftedAt"] = liftedAt,
                };
            },
            cancellationToken);
    }
}

public sealed record SuppressionNotFound() : Failure("There is no such entry on the do-not-text list. Nothing was changed.");

public sealed record SuppressionLiftedAlready() : Failure("This entry is no longer in force. Nothing was changed; load the list again.");

public sealed record SuppressionStays() : Failure($"{Why} Nothing was changed.")
{
    public const string Why =
        "Only what staff put on this list by hand can be taken back. What a person stopped themselves, also through staff, another program or the no in a list, ends when they start again: by a START from the number or at their preference page. A carrier's block, a complaint, a privacy request, an erasure, a file of numbers and a new owner of the number stay.";
}
