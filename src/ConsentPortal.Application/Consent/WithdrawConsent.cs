using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Reports;
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
/// <param name="IsActOfPerson">The person said so themselves, whoever wrote it down.</param>
/// <param name="Sender">Only with <see cref="SuppressionScope.Sender"/>.</param>
/// <param name="Except">Purposes that the person has started again since they said so.</param>
public sealed record Withdrawal(
    SuppressionScope Scope,
    SuppressionSource Source,
    ConsentChannel Channel,
    string Reason,
    DateTimeOffset At,
    PurposeId? PurposeId = null,
    string? InboundProviderId = null,
    bool IsActOfPerson = true,
    string? Sender = null,
    IReadOnlyCollection<PurposeId>? Except = null)
{
    /// <summary>Whether the person's next own act takes it back.</summary>
    internal bool EndsWithStart => IsActOfPerson && Source switch
    {
        SuppressionSource.Keyword or SuppressionSource.PreferenceCentre or SuppressionSource.Staff or SuppressionSource.Import or SuppressionSource.Api or SuppressionSource.InboxReview or SuppressionSource.WebForm => true,
        SuppressionSource.Carrier or SuppressionSource.Complaint or SuppressionSource.Erasure or SuppressionSource.Reassigned => false,
    };
}

/// <summary>
/// Ends a person's consent: an event per purpose, a suppression of the number, and every planned text skipped, in one
/// commit. After it no text leaves that was not already with the provider.
/// </summary>
public sealed class WithdrawConsent(PortalDatabase database, SubscriberVault vault, SendingGate gate, TimeProvider clock)
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
                await gate.WaitAsync(id, cancellationToken);
                await ApplyAsync(db, actor, subscriber, withdrawal, now, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>The same inside a transaction that the caller has open.</summary>
    internal static async Task ApplyAsync(
        PortalDbContext db, Actor actor, Subscriber subscriber, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EndAsync(db, actor, [subscriber], withdrawal, now, cancellationToken);
        if (subscriber.PhoneHash is { } hash)
            db.Suppressions.Add(SuppressionOf(hash, withdrawal, now));
    }

    /// <summary>
    /// The same for everybody who shares a number: what comes from a handset, a carrier or a list speaks for the number, and
    /// nobody knows which of its users it was.
    /// </summary>
    /// <param name="people">As <see cref="WithNumberAsync"/> has them.</param>
    internal static async Task ApplyToNumberAsync(
        PortalDbContext db, Actor actor, byte[] hash, IReadOnlyList<Subscriber> people, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EndAsync(db, actor, people, withdrawal, now, cancellationToken);
        db.Suppressions.Add(SuppressionOf(hash, withdrawal, now));
    }

    /// <returns>
    /// Everybody whose number it is, newest first; also whoever had it in a record that was merged into theirs: the same
    /// person speaks from it.
    /// </returns>
    internal static async Task<List<Subscriber>> WithNumberAsync(PortalDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        // Two questions, each of one index: asked as one, everybody would be read for whoever might be merged into them.
        var merged = await db.Subscribers.Where(s => s.PhoneHash == hash && s.MergedIntoId != null).Select(s => s.MergedIntoId!.Value).ToListAsync(cancellationToken);
        return await db.Subscribers.Where(s => s.ErasedAt == null && s.MergedIntoId == null && (s.PhoneHash == hash || merged.Contains(s.Id)))
            .OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The same for many numbers at once.</summary>
    internal static async Task<List<Subscriber>> WithNumbersAsync(PortalDbContext db, List<byte[]> hashes, CancellationToken cancellationToken)
    {
        var merged = await db.Subscribers.Where(s => hashes.Contains(s.PhoneHash!) && s.MergedIntoId != null).Select(s => s.MergedIntoId!.Value).ToListAsync(cancellationToken);
        var people = await db.Subscribers.Where(s => hashes.Contains(s.PhoneHash!) && s.ErasedAt == null && s.MergedIntoId == null).ToListAsync(cancellationToken);
        if (merged.Count > 0)
            people.AddRange(await db.Subscribers.Where(s => merged.Contains(s.Id) && s.ErasedAt == null && s.MergedIntoId == null).ToListAsync(cancellationToken));
        return [.. people.DistinctBy(person => person.Id)];
    }

    /// <summary>Ends consent and skips what is planned, without a stop of the number: for a caller that writes, or has, one.</summary>
    /// <param name="people">What is the same for all of them is asked once, however long a list they come from.</param>
    internal static async Task EndAsync(
        PortalDbContext db, Actor actor, IReadOnlyCollection<Subscriber> people, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (people.Count == 0)
            return;
        var reached = await ReachedAsync(db, withdrawal, cancellationToken);
        var saidOn = (await OrganisationDays.OfAsync(db, cancellationToken)).Of(withdrawal.At);
        foreach (var person in people)
            await EndAsync(db, actor, person, withdrawal, reached, saidOn, now, cancellationToken);
    }

    private static async Task EndAsync(
        PortalDbContext db, Actor actor, Subscriber subscriber, Withdrawal withdrawal, List<PurposeId> reached, DateOnly saidOn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.Where(r => r.SubscriberId == subscriber.Id).ToListAsync(cancellationToken);
        var (ended, events, before, after) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var record in records.Where(r => reached.Contains(r.PurposeId) && r.Status != ConsentStatus.Withdrawn))
        {
            var withdrawn = EventFor(actor, subscriber, record, withdrawal, now);
            before.Add($"{record.PurposeId}: {record.Status}");
            after.Add($"{record.PurposeId}: {(await ConsentLedger.AppendAsync(db, withdrawn, cancellationToken)).Status}");
            ended.Add(record.PurposeId.ToString());
            events.Add(withdrawn.Id.ToString(CultureInfo.InvariantCulture));
        }

        var skipped = await SkipPlannedAsync(db, actor, Reached(db.OutboundMessages.Where(m => m.SubscriberId == subscriber.Id), reached, withdrawal), withdrawal, now, cancellationToken);
        var due = OptOutDeadline.For(subscriber.Region, subscriber.DeclaredRegion, saidOn);
        db.Audit(actor, now, new AuditFact("consent.withdrawn", "subscriber", subscriber.Id.ToString(), subscriber.Id, withdrawal.Reason,
            new Dictionary<string, object?> { ["status"] = before },
            new Dictionary<string, object?>
            {
                ["status"] = after, ["scope"] = withdrawal.Scope, ["source"] = withdrawal.Source, ["purposes"] = ended, ["events"] = events, ["textsSkipped"] = skipped,
                ["saidAt"] = withdrawal.At, ["inbound"] = withdrawal.InboundProviderId,
                ["dueConservative"] = due.Conservative.ToString("O", CultureInfo.InvariantCulture), ["dueStatutory"] = due.Statutory.ToString("O", CultureInfo.InvariantCulture),
            }));
    }

    private static async Task<List<PurposeId>> ReachedAsync(PortalDbContext db, Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        var purposes = withdrawal.Scope switch
        {
            SuppressionScope.All => db.Purposes,
            SuppressionScope.Marketing => db.Purposes.Where(p => p.MessageClass == MessageClass.Marketing),
            SuppressionScope.Purpose => db.Purposes.Where(p => p.Id == withdrawal.PurposeId),
            SuppressionScope.Sender => db.Purposes.Where(p => withdrawal.Sender == null || p.Sender == withdrawal.Sender),
        };
        var except = withdrawal.Except ?? [];
        return await purposes.Where(p => !except.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);
    }

    // Narrower than what SkipPlannedAsync knows by itself.
    private static IQueryable<OutboundMessage> Reached(IQueryable<OutboundMessage> texts, List<PurposeId> reached, Withdrawal withdrawal) =>
        withdrawal.Scope == SuppressionScope.Sender || withdrawal.Except is not null ? texts.Where(m => reached.Contains(m.PurposeId)) : texts;

    private static ConsentEvent EventFor(Actor actor, Subscriber subscriber, ConsentRecord record, Withdrawal withdrawal, DateTimeOffset now) => new()
    {
        SubscriberId = subscriber.Id, PurposeId = record.PurposeId, NumberPeriodId = subscriber.CurrentPeriodId,
        Kind = ConsentEventKind.Withdrawn, Basis = record.Basis, Level = ConsentLevel.None, Channel = withdrawal.Channel,
        IsActOfPerson = withdrawal.IsActOfPerson, At = withdrawal.At, RecordedAt = now, InboundProviderId = withdrawal.InboundProviderId,
        ActorKind = actor.Kind, ActorId = actor.Id, Reason = withdrawal.Reason, SupersedesId = record.GrantEventId,
    };

    private static Suppression SuppressionOf(byte[] hash, Withdrawal withdrawal, DateTimeOffset now) => new()
    {
        PhoneHash = hash, Scope = withdrawal.Scope, PurposeId = withdrawal.PurposeId, Sender = withdrawal.Sender, Source = withdrawal.Source,
        Reason = withdrawal.Reason, At = now, IsActOfPerson = withdrawal.EndsWithStart,
    };

    /// <param name="ofPeople">All texts of the people who have withdrawn.</param>
    internal static async Task<int> SkipPlannedAsync(
        PortalDbContext db, Actor actor, IQueryable<OutboundMessage> ofPeople, Withdrawal withdrawal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var planned = ofPeople.Where(m => (m.State == MessageState.Planned || m.State == MessageState.Deferred)
            && m.Kind != MessageKind.OptOutConfirmation);
        planned = withdrawal.Scope switch
        {
            SuppressionScope.All or SuppressionScope.Sender => planned,
            SuppressionScope.Marketing => planned.Where(m => m.MessageClass == MessageClass.Marketing),
            SuppressionScope.Purpose => planned.Where(m => m.PurposeId == withdrawal.PurposeId),
        };
        var skipped = await planned.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Skipped)
                .SetProperty(x => x.Reason, "Withdrawn")
                .SetProperty(x => x.Rule, "C-10")
                .SetProperty(x => x.DecidedAt, now)
                .SetProperty(x => x.FinalAt, now),
            cancellationToken);
        if (skipped > 0)
            await TextTrail.NameSkippedAsync(db, actor, ofPeople, now, cancellationToken);
        return skipped;
    }
}
