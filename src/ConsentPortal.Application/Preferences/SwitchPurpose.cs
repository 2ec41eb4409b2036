using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <param name="WordingId">The words beside the switch; null to switch off.</param>
/// <param name="IsNumberProven">A code texted to the number was read back in this visit.</param>
public sealed record PurposeSwitch(PurposeId PurposeId, WordingId? WordingId, bool IsNumberProven, ConsentEvidence Evidence);

/// <summary>
/// A person switches one purpose on or off on their preference page. Off ends it at once, whoever holds the link. On needs
/// the number: a code that was read back, or else a YES to a prompt; what was stopped comes back only after a code.
/// </summary>
public sealed class SwitchPurpose(PortalDatabase database, SubjectKeys keys, SendingGate gate, TimeProvider clock)
{
    private const string SwitchedOn = "Switched on at the preference page";
    private const string SwitchedOff = "Switched off at the preference page";

    /// <returns>Where the person stands afterwards: a consent that waits for a YES is pending.</returns>
    public async Task<Result<ConsentStatus>> ExecuteAsync(Actor actor, SubscriberId id, PurposeSwitch wish, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ConsentStatus>>(
            async db =>
            {
                var person = await OwnAct.FindAsync(db, id, cancellationToken);
                if (person is null)
                    return new SubscriberNotFound();
                var purpose = await db.Purposes.FindAsync([wish.PurposeId], cancellationToken);
                if (purpose is null)
                    return new PurposeNotFound();
                return wish.WordingId is { } wording
                    ? await OnAsync(db, actor, person, purpose, wording, wish, now, cancellationToken)
                    : await OffAsync(db, actor, person, purpose, now, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Result<ConsentStatus>> OffAsync(PortalDbContext db, Actor actor, Subscriber person, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(person.Id, cancellationToken);
        await WithdrawConsent.ApplyAsync(
            db, actor, person,
            new Withdrawal(SuppressionScope.Purpose, SuppressionSource.PreferenceCentre, ConsentChannel.PreferenceCentre, SwitchedOff, now, purpose.Id), now, cancellationToken);
        return ConsentStatus.Withdrawn;
    }

    private async Task<Result<ConsentStatus>> OnAsync(
        PortalDbContext db, Actor actor, Subscriber person, Purpose purpose, WordingId wordingId, PurposeSwitch wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wording = await db.Wordings.FindAsync([wordingId], cancellationToken);
        if (purpose.RetiredAt is not null || wording is null || wording.PurposeId != purpose.Id || wording.RetiredAt is not null)
            return new WordingNotOfPurpose();
        var stops = (await db.Suppressions.Where(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null).ToListAsync(cancellationToken)).FindAll(s => s.Reaches(purpose));
        if (stops.Count > 0 && !wish.IsNumberProven)
            return new CodeNeeded();
        if (stops.Exists(s => !OwnStops.IsOwn(s)))
            return new StoppedByOthers();
        var given = new GivenConsent(
            purpose.Id, wordingId, ConsentChannel.PreferenceCentre, ConsentLevel.ExpressWritten, wish.Evidence with { Jurisdiction = person.DeclaredRegion ?? person.Region }, now,
            IsActOfPerson: true, SwitchedOn, DoubleOptInBy: wish.IsNumberProven ? DoubleOptIn.Sms : DoubleOptIn.None, IsNumberUnproven: !wish.IsNumberProven);
        var recorded = await RecordConsent.ApplyAsync(db, keys, actor, person, purpose, wording, given, now, cancellationToken);
        if (!recorded.TryGet(out var state, out var refused))
            return refused is OnlyThePersonCanReturn ? new CodeNeeded() : Refused(refused);
        if (person.PhoneHash is { } hash)
            await OwnStops.LiftAsync(db, hash, [purpose], StartingAct.Page(now), now, cancellationToken);
        return state.Status;
    }

    private static Result<ConsentStatus> Refused(Failure failure) => failure;
}

public sealed record CodeNeeded()
    : Failure("This needs proof that the number is the person's: a code is texted to it first. Nothing was changed.");

public sealed record StoppedByOthers()
    : Failure("The business has stopped texts to this number itself, after a complaint for instance, and that does not end here. Nothing was changed.");
