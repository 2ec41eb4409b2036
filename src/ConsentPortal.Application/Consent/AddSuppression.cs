using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="IsNew">False when an entry in force reached exactly as far already.</param>
/// <param name="People">How many people here have the number; their consent has ended.</param>
public sealed record ListedNumber(bool IsNew, int People);

/// <summary>
/// Puts one number on the do-not-text list by hand, whether or not anybody here has it. Whoever has it loses the consent
/// that the entry reaches, and their planned texts are skipped.
/// </summary>
public sealed class AddSuppression(PortalDatabase database, SubscriberVault vault, LookupHash hashes, SendingGate gate, TimeProvider clock)
{
    /// <summary>Tells entries that staff made on the list itself from those that a withdrawal made.</summary>
    internal const string Added = "suppression.added";

    public async Task<Result<ListedNumber>> ExecuteAsync(Actor actor, PhoneNumber phone, SuppressionReach reach, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        if (PersonTraces.Of(phone.E164, SubscriberProfile.Empty).AreIn(reason))
            return new ReasonNamesPerson();
        var (now, hash) = (clock.GetUtcNow(), hashes.Phone(phone));
        return await database.WriteAsync<Result<ListedNumber>>(
            async db =>
            {
                if (await reach.RefusalAsync(db, cancellationToken) is { } refused)
                    return refused;
                var people = await WithdrawConsent.WithNumberAsync(db, hash, cancellationToken);
                if (people.Select(person => PersonTraces.Refusal(vault, person, reason)).FirstOrDefault(named => named is not null) is { } named)
                    return named;
                foreach (var person in people)
                    await gate.WaitAsync(person.Id, cancellationToken);
                await WithdrawConsent.EndAsync(db, actor, people, reach.Withdrawal(SuppressionSource.Staff, reason.Trim(), now), now, cancellationToken);
                return new ListedNumber(await ListAsync(db, actor, hash, reach, reason.Trim(), now, cancellationToken), people.Count);
            },
            cancellationToken);
    }

    private static async Task<bool> ListAsync(
        PortalDbContext db, Actor actor, byte[] hash, SuppressionReach reach, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Suppressions.Where(s => s.PhoneHash == hash).AnyAsync(reach.IsTheSame, cancellationToken))
            return false;
        var entry = reach.Entry(hash, SuppressionSource.Staff, reason, now);
        db.Suppressions.Add(entry);
        // The entry of the audit trail names the row by the id that the database gives.
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(actor, now, new AuditFact(Added, "suppression", entry.Id.ToString(CultureInfo.InvariantCulture), Reason: reason, After: new Dictionary<string, object?>
        {
            ["number"] = SuppressionLabel.Of(hash), ["scope"] = reach.Scope, ["purpose"] = reach.PurposeId?.ToString(), ["sender"] = reach.Sender,
        }));
        return true;
    }
}
