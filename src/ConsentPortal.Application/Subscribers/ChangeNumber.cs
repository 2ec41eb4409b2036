using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Version">The version that the editor saw; an older one is refused.</param>
/// <param name="AskedBy">Who asked for it and how they showed who they are; kept sealed with what is asked of them again.</param>
/// <param name="IsAskedByPerson">The person asked themselves: only then may they be asked at the new number what they had agreed to.</param>
/// <param name="AsksAgain">Plans a double opt-in prompt to the new number for each purpose that had consent.</param>
/// <param name="IsShared">Confirms that somebody else here has the new number and that both use it.</param>
public sealed record NumberChange(
    Guid Version, PhoneNumber Phone, string Reason, string AskedBy, bool IsAskedByPerson, bool AsksAgain = false, bool IsShared = false);

/// <param name="Voided">Purposes whose consent ended with the old number.</param>
/// <param name="AskedAgain">Prompts that were planned to the new one.</param>
public sealed record ChangedNumber(int Voided, int AskedAgain);

/// <summary>
/// Gives a person another number. Consent belongs to a number: all of it ends with the old one, and nothing is inherited.
/// Stops of the old number stay with it; those of the new one apply at once.
/// </summary>
public sealed class ChangeNumber(PortalDatabase database, SubscriberFactory factory, SubjectKeys keys, LookupHash hashes, TimeProvider clock)
{
    private static readonly MessageKind[] Replies = [MessageKind.DoubleOptInPrompt, MessageKind.OptInConfirmation, MessageKind.OptOutConfirmation, MessageKind.HelpReply];

    public async Task<Result<ChangedNumber>> ExecuteAsync(Actor actor, SubscriberId id, NumberChange change, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        actor.Require(Permissions.RecordConsent);
        if (!ReasonNeeded.IsMetBy(change.Reason) || !ReasonNeeded.IsMetBy(change.AskedBy))
            return new ReasonNeeded();
        if (change.AsksAgain && !change.IsAskedByPerson)
            return new OnlyThePersonCanBeAskedAgain();
        if (PersonTraces.Of(change.Phone.E164, SubscriberProfile.Empty).AreIn(change.Reason))
            return new ReasonNamesPerson();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => ApplyAsync(db, actor, id, change, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<ChangedNumber>> ApplyAsync(
        PortalDbContext db, Actor actor, SubscriberId id, NumberChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await db.Subscribers.FindAsync([id], cancellationToken);
        if (person is not { WrappedKey: { } wrapped, PhoneSealed: { } old })
            return new SubscriberNotFound();
        if (await RefusalAsync(db, person, change, cancellationToken) is { } refused)
            return refused;
        using var key = keys.Unwrap(wrapped, id);
        var granted = await VoidAsync(db, actor, person, change, now, cancellationToken);
        if (await SkipRepliesAsync(db, id, now, cancellationToken) > 0)
            await TextTrail.NameSkippedAsync(db, actor, db.OutboundMessages.Where(m => m.SubscriberId == id), now, cancellationToken);
        await MoveAsync(db, person, change.Phone, key, now, cancellationToken);
        var asked = change.AsksAgain ? await AskAgainAsync(db, actor, person, granted, change, key, now, cancellationToken) : 0;
        db.Audit(actor, now, new AuditFact("subscriber.numberChanged", "subscriber", id.ToString(), id, change.Reason.Trim(),
            new Dictionary<string, object?> { ["phone"] = AuditTrail.Sealed(old) },
            new Dictionary<string, object?>
            {
                ["phone"] = AuditTrail.Sealed(person.PhoneSealed!), ["region"] = person.Region, ["askedBy"] = AuditTrail.Sealed(key.Seal(change.AskedBy.Trim(), SealedField.AuditValue)),
                ["purposesVoided"] = granted.Count, ["askedAgain"] = asked, ["shared"] = change.IsShared,
            }));
        return new ChangedNumber(granted.Count, asked);
    }

    private async Task<Failure?> RefusalAsync(PortalDbContext db, Subscriber person, NumberChange change, CancellationToken cancellationToken)
    {
        if (person.MergedIntoId is { } into)
            return new SubscriberMerged(into.ToString());
        if (person.Version != change.Version)
            return new ChangedMeanwhile();
        if (await RestrictedData.RefusalOfCorrectionAsync(db, person, cancellationToken) is { } restricted)
            return restricted;
        // They would be texted, which is no correction.
        if (change.AsksAgain && RestrictedData.Refusal(person) is { } silent)
            return silent;
        if (PersonTraces.Refusal(new SubscriberVault(keys), person, change.Reason) is { } named)
            return named;
        var hash = hashes.Phone(change.Phone);
        if (person.PhoneHash.AsSpan().SequenceEqual(hash))
            return new NumberIsTheSame();
        var other = await db.Subscribers.Where(s => s.PhoneHash == hash && s.Id != person.Id && s.MergedIntoId == null).Select(s => (SubscriberId?)s.Id).FirstOrDefaultAsync(cancellationToken);
        return other is { } known && !change.IsShared ? new NumberOfAnother(known.ToString()) : null;
    }

    /// <returns>The consents that ended.</returns>
    private static async Task<IReadOnlyList<(PurposeId Purpose, ConsentState State)>> VoidAsync(
        PortalDbContext db, Actor actor, Subscriber person, NumberChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.Where(r => r.SubscriberId == person.Id).ToListAsync(cancellationToken);
        var ended = new List<(PurposeId, ConsentState)>();
        foreach (var record in records.Where(r => r.Status is ConsentStatus.Granted or ConsentStatus.Pending))
        {
            if (record.State.StatusAt(now) == ConsentStatus.Granted)
                ended.Add((record.PurposeId, record.State));
            await ConsentLedger.AppendAsync(db, new ConsentEvent
            {
                SubscriberId = person.Id, PurposeId = record.PurposeId, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Voided, Basis = record.Basis,
                Level = ConsentLevel.None, Channel = ConsentChannel.Staff, IsActOfPerson = false, At = now, RecordedAt = now, ActorKind = actor.Kind, ActorId = actor.Id,
                Reason = change.Reason.Trim(), SupersedesId = record.GrantEventId,
            }, cancellationToken);
        }

        return ended;
    }

    /// <summary>Answers that were meant for the old number; what a campaign planned is decided anew when it is due.</summary>
    private static Task<int> SkipRepliesAsync(PortalDbContext db, SubscriberId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.OutboundMessages.Where(m => m.SubscriberId == id && (m.State == MessageState.Planned || m.State == MessageState.Deferred) && Replies.Contains(m.Kind))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, nameof(SendReason.ConsentVoided))
                .SetProperty(x => x.DecidedAt, now).SetProperty(x => x.FinalAt, now), cancellationToken);

    private async Task MoveAsync(PortalDbContext db, Subscriber person, PhoneNumber phone, SubjectKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = hashes.Phone(phone);
        await db.NumberPeriods.Where(p => p.SubscriberId == person.Id && p.To == null).ExecuteUpdateAsync(p => p.SetProperty(x => x.To, now), cancellationToken);
        var period = new NumberPeriod { Id = NumberPeriodId.New(now), SubscriberId = person.Id, PhoneHash = hash, From = now };
        db.NumberPeriods.Add(period);
        await factory.RenumberAsync(db, person.Id, key.Open(person.PhoneSealed!, SealedField.Phone), phone.E164, cancellationToken);
        (person.PhoneSealed, person.PhoneHash, person.CurrentPeriodId) = (key.Seal(phone.E164, SealedField.Phone), hash, period.Id);
        (person.Region, person.LineType, person.NetworkCode, person.NumberState, person.SoftStrikes) = (phone.Region, phone.LineType, null, NumberState.Usable, 0);
        (person.UpdatedAt, person.Version) = (now, Guid.CreateVersion7(now));
    }

    private static async Task<int> AskAgainAsync(
        PortalDbContext db, Actor actor, Subscriber person, IReadOnlyList<(PurposeId Purpose, ConsentState State)> granted, NumberChange change, SubjectKey key,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (asked, policy) = (0, await ActivePolicy.AtAsync(db, now, cancellationToken));
        foreach (var (id, state) in granted)
        {
            var purpose = await db.Purposes.SingleAsync(p => p.Id == id, cancellationToken);
            var wordings = await db.Wordings.Where(w => w.PurposeId == id && w.RetiredAt == null).ToListAsync(cancellationToken);
            if (purpose.RetiredAt is not null || wordings.OrderBy(w => w.Language == person.Language ? 0 : w.Language == "en" ? 1 : 2).FirstOrDefault() is not { } wording)
                continue;
            wording.FirstUsedAt ??= now;
            await ConsentLedger.AppendAsync(db, new ConsentEvent
            {
                SubscriberId = person.Id, PurposeId = id, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Requested, Basis = purpose.Basis, Level = state.Level,
                Channel = ConsentChannel.Staff, IsActOfPerson = true, WordingId = wording.Id, At = now, RecordedAt = now,
                ExpiresAt = now.Add(policy.DoubleOptInLifetime),
                EvidenceSealed = key.SealJson(new ConsentEvidence(AskedBy: change.AskedBy.Trim()), SealedField.Evidence),
                ActorKind = actor.Kind, ActorId = actor.Id, Reason = change.Reason.Trim(),
            }, cancellationToken);
            db.OutboundMessages.Add(Messaging.Replies.Make(policy, key, person, purpose, wording, MessageKind.DoubleOptInPrompt, now));
            asked++;
        }

        return asked;
    }
}

public sealed record NumberIsTheSame() : Failure("The person has this number already. Nothing was changed.");

public sealed record NumberOfAnother(string SubscriberId) : Failure(
    "Another subscriber has this number. Nothing was changed. If both use one telephone, say that it is shared; if they are one person, merge the two records.");

public sealed record OnlyThePersonCanBeAskedAgain() : Failure(
    "Nobody may be asked to join at a number that they did not give themselves. Nothing was changed; leave the questions out, or record that the person asked.");
