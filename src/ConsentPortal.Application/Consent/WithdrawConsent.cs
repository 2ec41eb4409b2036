using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="Scope">How far it reaches; the policy's default is everything.</param>
/// <param name="PurposeId">Only with <see cref="SuppressionScope.Purpose"/>.</param>
/// <param name="At">When the person said so (UTC).</param>
/// <param name="InboundProviderId">The text that said so, if it was one.</param>
public sealed record Withdrawal(
    SuppressionScope Scope,
    SuppressionSource Source,
    ConsentChannel Channel,
    string Reason,
    DateTimeOffset At,
    PurposeId? PurposeId = null,
    string? InboundProviderId = null,
    bool IsActOfPerson = true);

/// <summary>
/// Ends a person's consent: an event per purpose, a suppression of the number, and every planned text skipped, in one
/// commit. After it no text leaves that was not already with the provider.
/// </summary>
public sealed class WithdrawConsent(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (actor.Kind == ActorKind.Staff && !ReasonNeeded.IsMetBy(withdrawal.Reason))
            return new ReasonNeeded();
        // Whoever complains wants no more of it, whatever the form says.
        if (withdrawal.Source == SuppressionSource.Complaint)
            withdrawal = withdrawal with { Scope = SuppressionScope.All, PurposeId = null };
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var subscriber = await db.Subscribers.FindAsync([id], cancellationToken);
                if (subscriber is null || subscriber.ErasedAt is not null)
                    return new SubscriberNotFound();
                if (PersonTraces.Refusal(vault, subscriber, withdrawal.Reason) is { } named)
                    return named;
                await ApplyAsync(db, actor, subscriber, withdrawal, now, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>The same inside a transaction that the caller has open, such as that of an inbound STOP.</summary>
    internal static async Task ApplyAsync(
        PortalDbContext db, Actor actor, Subscriber subscriber, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var marketing = await db.Purposes.Where(p => p.MessageClass == MessageClass.Marketing).Select(p => p.Id).ToListAsync(cancellationToken);
        var records = await db.ConsentRecords.Where(r => r.SubscriberId == subscriber.Id).ToListAsync(cancellationToken);
        var (ended, events) = (new List<string>(), new List<string>());
        foreach (var record in records.Where(r => IsReached(r.PurposeId) && r.Status != ConsentStatus.Withdrawn))
        {
            var withdrawn = EventFor(record);
            await ConsentLedger.AppendAsync(db, withdrawn, cancellationToken);
            ended.Add(record.PurposeId.ToString());
            events.Add(withdrawn.Id.ToString(CultureInfo.InvariantCulture));
        }

        if (subscriber.PhoneHash is { } hash)
        {
            db.Suppressions.Add(new Suppression
            {
                PhoneHash = hash, Scope = withdrawal.Scope, PurposeId = withdrawal.PurposeId, Source = withdrawal.Source,
                Reason = withdrawal.Reason, At = now,
            });
        }

        var skipped = await SkipPlannedAsync(db.OutboundMessages.Where(m => m.SubscriberId == subscriber.Id), withdrawal, now, cancellationToken);
        var due = Due(subscriber, withdrawal);
        db.Audit(actor, now, new AuditFact("consent.withdrawn", "subscriber", subscriber.Id.ToString(), subscriber.Id, withdrawal.Reason,
            After: new Dictionary<string, object?>
            {
                ["scope"] = withdrawal.Scope, ["source"] = withdrawal.Source, ["purposes"] = ended, ["events"] = events, ["textsSkipped"] = skipped,
                ["saidAt"] = withdrawal.At, ["inbound"] = withdrawal.InboundProviderId,
                ["dueConservative"] = due.Conservative.ToString("O", CultureInfo.InvariantCulture), ["dueStatutory"] = due.Statutory.ToString("O", CultureInfo.InvariantCulture),
            }));

        bool IsReached(PurposeId purpose) => withdrawal.Scope switch
        {
            SuppressionScope.All or SuppressionScope.Sender => true,
            SuppressionScope.Marketing => marketing.Contains(purpose),
            SuppressionScope.Purpose => purpose == withdrawal.PurposeId,
        };

        ConsentEvent EventFor(ConsentRecord record) => new()
        {
            SubscriberId = subscriber.Id, PurposeId = record.PurposeId, NumberPeriodId = subscriber.CurrentPeriodId,
            Kind = ConsentEventKind.Withdrawn, Basis = record.Basis, Level = ConsentLevel.None, Channel = withdrawal.Channel,
            IsActOfPerson = withdrawal.IsActOfPerson, At = withdrawal.At, RecordedAt = now, InboundProviderId = withdrawal.InboundProviderId,
            ActorKind = actor.Kind, ActorId = actor.Id, Reason = withdrawal.Reason, SupersedesId = record.GrantEventId,
        };
    }

    /// <summary>The law of the number's place, or of the person's where that one is stricter.</summary>
    private static OptOutDeadline Due(Subscriber subscriber, Withdrawal withdrawal)
    {
        var saidOn = DateOnly.FromDateTime(withdrawal.At.UtcDateTime);
        var ofNumber = OptOutDeadline.For(subscriber.Region, saidOn);
        var ofPerson = subscriber.DeclaredRegion is { } declared ? OptOutDeadline.For(declared, saidOn) : ofNumber;
        return ofPerson.Statutory < ofNumber.Statutory ? ofPerson : ofNumber;
    }

    /// <param name="ofPeople">All texts of the people who have withdrawn.</param>
    internal static Task<int> SkipPlannedAsync(
        IQueryable<OutboundMessage> ofPeople, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var planned = ofPeople.Where(m => (m.State == MessageState.Planned || m.State == MessageState.Deferred)
            && m.Kind != MessageKind.OptOutConfirmation);
        planned = withdrawal.Scope switch
        {
            SuppressionScope.All or SuppressionScope.Sender => planned,
            SuppressionScope.Marketing => planned.Where(m => m.MessageClass == MessageClass.Marketing),
            SuppressionScope.Purpose => planned.Where(m => m.PurposeId == withdrawal.PurposeId),
        };
        return planned.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Skipped)
                .SetProperty(x => x.Reason, "Withdrawn")
                .SetProperty(x => x.Rule, "C-10")
                .SetProperty(x => x.DecidedAt, now)
                .SetProperty(x => x.FinalAt, now),
            cancellationToken);
    }
}
