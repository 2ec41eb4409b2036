using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>A stop that another program has heard.</summary>
/// <param name="Purpose">As <see cref="NamedPurpose"/> has it; only with <see cref="SuppressionScope.Purpose"/>.</param>
/// <param name="Sender">Only with <see cref="SuppressionScope.Sender"/>.</param>
/// <param name="At">When the person said so (UTC); null for now.</param>
public sealed record HeardWithdrawal(PhoneNumber Phone, SuppressionScope Scope, string? Purpose, string? Sender, string? Reason, DateTimeOffset? At);

/// <summary>What the API answers. Names nobody.</summary>
/// <param name="SubscriberIds">Everybody here whose number it is; empty where nobody has it, and the number is stopped all the same.</param>
/// <param name="WasStoppedBefore">A stop in force reached exactly as far already.</param>
public sealed record WithdrawalReceipt(SuppressionScope Scope, Guid? PurposeId, string? Sender, IReadOnlyList<Guid> SubscriberIds, bool WasStoppedBefore);

/// <summary>Takes in a stop that another program has heard. A number that nobody here has is stopped too: a later list could bring it.</summary>
public sealed class TakeWithdrawal(ApiAnswers answers, SubscriberVault vault, LookupHash hashes, SendingGate gate, TimeProvider clock)
{
    private const string Unsaid = "Withdrawn through another program";

    public async Task<Result<ApiAnswer>> ExecuteAsync(Actor actor, HeardWithdrawal heard, RepeatableRequest? request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        if (heard.At > now.AddMinutes(5) || heard.At?.Year < 1990)
            return new FieldRefused("at", "The stop lies in the future or before 1990. Nothing was recorded; give the instant at which the person said so, or leave it out for now.");
        return await answers.OnceAsync(actor, request, db => TakeAsync(db, actor, heard, now, cancellationToken), cancellationToken);
    }

    private async Task<Result<ApiAnswer>> TakeAsync(PortalDbContext db, Actor actor, HeardWithdrawal heard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!(await ReachAsync(db, heard, cancellationToken)).TryGet(out var reach, out var refused))
            return refused;
        var hash = hashes.Phone(heard.Phone);
        var people = await WithdrawConsent.WithNumberAsync(db, hash, cancellationToken);
        var withdrawal = new Withdrawal(
            reach.Scope, SuppressionSource.Api, ConsentChannel.Api, ReasonOf(heard, people), heard.At ?? now, reach.PurposeId, IsActOfPerson: true, Sender: reach.Sender);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        await WithdrawConsent.EndAsync(db, actor, people, withdrawal, now, cancellationToken);
        var isNew = await StopAsync(db, actor, hash, reach, withdrawal.Reason, now, cancellationToken);
        return ApiAnswer.Of(200, new WithdrawalReceipt(reach.Scope, reach.PurposeId?.Value, reach.Sender, [.. people.Select(p => p.Id.Value)], !isNew));
    }

    private static async Task<Result<SuppressionReach>> ReachAsync(PortalDbContext db, HeardWithdrawal heard, CancellationToken cancellationToken)
    {
        PurposeId? purposeId = null;
        if (heard.Scope == SuppressionScope.Purpose)
        {
            if (!(await NamedPurpose.FindAsync(db, heard.Purpose, mayBeRetired: true, cancellationToken)).TryGet(out var purpose, out var unknown))
                return unknown;
            purposeId = purpose.Id;
        }

        var reach = new SuppressionReach(heard.Scope, purposeId, heard.Scope == SuppressionScope.Sender ? heard.Sender : null);
        return await reach.RefusalAsync(db, cancellationToken) is { } refused ? refused : reach;
    }

    /// <summary>A stop is never lost over its words: where they name the person, the audit trail gets others.</summary>
    private string ReasonOf(HeardWithdrawal heard, List<Subscriber> people)
    {
        var reason = heard.Reason?.Trim();
        return string.IsNullOrEmpty(reason) || PersonTraces.Of(heard.Phone.E164, SubscriberProfile.Empty).AreIn(reason) || people.Any(p => PersonTraces.Refusal(vault, p, reason) is not null)
            ? Unsaid
            : reason;
    }

    private static async Task<bool> StopAsync(
        PortalDbContext db, Actor actor, byte[] hash, SuppressionReach reach, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var same = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == hash).Where(reach.IsTheSame).ToListAsync(cancellationToken);
        // An entry of staff may be taken back by them, the person's own may not: each stands for itself.
        if (same.Exists(s => OwnStops.IsOwn(s) || s.Source != SuppressionSource.Staff))
            return false;
        var entry = reach.Entry(hash, SuppressionSource.Api, reason, now, isActOfPerson: true);
        db.Suppressions.Add(entry);
        // The entry of the audit trail names the row by the id that the database gives.
        await db.SaveChangesAsync(cancellationToken);
        // Not as one that staff added: they must not be able to take it back.
        db.Audit(actor, now, new AuditFact("number.stopped", "suppression", entry.Id.ToString(CultureInfo.InvariantCulture), Reason: reason, After: new Dictionary<string, object?>
        {
            ["number"] = SuppressionLabel.Of(hash), ["scope"] = reach.Scope, ["purpose"] = reach.PurposeId?.ToString(), ["sender"] = reach.Sender,
        }));
        return same.Count == 0;
    }
}
