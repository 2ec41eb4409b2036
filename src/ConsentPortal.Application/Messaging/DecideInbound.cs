using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

public enum InboundOutcome
{
    /// <summary>A reasonable person would read it as "stop" (47 CFR 64.1200(a)(10)).</summary>
    TakeAsOptOut = 1,

    /// <summary>It asks for nothing that changes consent.</summary>
    NoAction = 2,

    /// <summary>A text that was acted on as a likely stop was one.</summary>
    ReadRightly = 3,

    /// <summary>It was none. The stop stays, because only the person may lift it: ask them to text START.</summary>
    Misread = 4,
}

/// <summary>
/// A person's reading of a text that no rule could read, or of one that a rule took for a likely stop. Taking it as an opt-out withdraws consent as of the moment the
/// text came, in the same commit; no confirmation follows, because its five minutes are over (US-16).
/// </summary>
public sealed class DecideInbound(PortalDatabase database, SendingGate gate, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long inboundId, InboundOutcome outcome, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReviewInbox);
        var now = clock.GetUtcNow();
        return await database.WriteAsync(db => DecideAsync(db, actor, inboundId, outcome, "A member of staff read the person's text as a wish to stop.", now, cancellationToken), cancellationToken);
    }

    /// <param name="reason">Why consent ends, if the outcome ends it.</param>
    internal async Task<Result<Done>> DecideAsync(
        PortalDbContext db, Actor actor, long inboundId, InboundOutcome outcome, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (before, review) = outcome switch
        {
            InboundOutcome.TakeAsOptOut => (ReviewState.Waiting, ReviewState.TakenAsOptOut),
            InboundOutcome.NoAction => (ReviewState.Waiting, ReviewState.NoAction),
            InboundOutcome.ReadRightly => (ReviewState.ToCheck, ReviewState.ReadRightly),
            InboundOutcome.Misread => (ReviewState.ToCheck, ReviewState.Misread),
        };
        var reviewer = Guid.TryParse(actor.Id, out var staff) ? staff : (Guid?)null;
        // The guard lets one of two people who decide at once win; the other is told.
        var decided = await db.InboundMessages.Where(m => m.Id == inboundId && m.Review == before).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.Review, review).SetProperty(x => x.ReviewedAt, now).SetProperty(x => x.ReviewedById, reviewer), cancellationToken);
        if (decided == 0)
            return new InboundNotWaiting();
        var text = await db.InboundMessages.AsNoTracking().SingleAsync(m => m.Id == inboundId, cancellationToken);
        db.Audit(actor, now, new AuditFact("inbound.decided", "inbound", text.ProviderMessageId, text.SubscriberId,
            Before: new Dictionary<string, object?> { ["review"] = before },
            After: new Dictionary<string, object?> { ["review"] = review, ["outcome"] = outcome, ["receivedAt"] = text.ReceivedAt }));
        if (before == ReviewState.Waiting)
            await EndWaitingAsync(db, text, now, cancellationToken);
        if (outcome == InboundOutcome.TakeAsOptOut)
            await WithdrawAsync(db, actor, text, reason, now, cancellationToken);
        return Done.Value;
    }

    /// <summary>Marketing stood still only until the last waiting text was read; a withdrawal writes its own stop.</summary>
    private static async Task EndWaitingAsync(PortalDbContext db, InboundMessage text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.InboundMessages.AnyAsync(m => m.FromHash == text.FromHash && m.Review == ReviewState.Waiting, cancellationToken))
            return;
        await db.Suppressions
            .Where(s => s.PhoneHash == text.FromHash && s.LiftedAt == null && s.Source == SuppressionSource.InboxReview && s.Reason == InboundActions.WaitingForReview)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, now), cancellationToken);
    }

    private async Task WithdrawAsync(PortalDbContext db, Actor actor, InboundMessage text, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subscriber = text.SubscriberId is { } id ? await db.Subscribers.FindAsync([id], cancellationToken) : null;
        var reach = await ReachAsync(db, text, subscriber?.Id, now, cancellationToken);
        var people = await WithdrawConsent.WithNumberAsync(db, text.FromHash, cancellationToken);
        // Whoever wrote may have another number by now, and still said stop.
        if (subscriber is { ErasedAt: null } && people.TrueForAll(person => person.Id != subscriber.Id))
            people.Add(subscriber);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        var withdrawal = new Withdrawal(
            reach.Scope, SuppressionSource.InboxReview, ConsentChannel.Keyword, reason, text.ReceivedAt, reach.PurposeId, text.ProviderMessageId, Sender: reach.Sender);
        var since = await StartedSince.FindAsync(db, text.FromHash, people, text.ReceivedAt, cancellationToken);
        if (since.Count == 0)
        {
            // Where nobody is known under the number, the stop is kept for the day on which an import brings it.
            await WithdrawConsent.ApplyToNumberAsync(db, actor, text.FromHash, people, withdrawal, now, cancellationToken);
            return;
        }

        await WithdrawConsent.EndAsync(db, actor, people, withdrawal with { Except = since }, now, cancellationToken);
        await OwnStops.AddAllButAsync(db, reach.Entry(text.FromHash, SuppressionSource.InboxReview, reason, now), since, cancellationToken);
    }

    // US-21 splits a stop by what it answers; when no marketing text came before, or that is not known, it ends everything.
    private static async Task<SuppressionReach> ReachAsync(
        PortalDbContext db, InboundMessage text, Domain.Subscribers.SubscriberId? subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        return subscriber is { } known ? await AnsweredReachAsync(db, policy.OptOutScope, known, text.To, text.ReceivedAt, cancellationToken) : SuppressionReach.Everything;
    }

    /// <summary>US-21: as much as the policy lets go, when the last text before <paramref name="at"/> from the sender that it answers was marketing; everything otherwise.</summary>
    /// <param name="to">The sender that the person wrote to.</param>
    internal static async Task<SuppressionReach> AnsweredReachAsync(
        PortalDbContext db, OptOutScope policy, Domain.Subscribers.SubscriberId subscriber, string to, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (policy == OptOutScope.Everything)
            return SuppressionReach.Everything;
        var bare = to.TrimStart('+');
        var answered = await (
            from text in db.OutboundMessages.AsNoTracking()
            where text.SubscriberId == subscriber && text.SentAt != null && text.SentAt < at
            join purpose in db.Purposes on text.PurposeId equals purpose.Id
            where purpose.Sender == bare || purpose.Sender == "+" + bare
            orderby text.SentAt descending
            select new { text.MessageClass, text.PurposeId, purpose.Sender }).FirstOrDefaultAsync(cancellationToken);
        if (answered?.MessageClass != MessageClass.Marketing)
            return SuppressionReach.Everything;
        return policy switch
        {
            OptOutScope.Everything => SuppressionReach.Everything,
            OptOutScope.ByMessageClass => new SuppressionReach(SuppressionScope.Marketing),
            OptOutScope.BySender => new SuppressionReach(SuppressionScope.Sender, Sender: answered.Sender),
            OptOutScope.ByPurpose => new SuppressionReach(SuppressionScope.Purpose, answered.PurposeId),
        };
    }
}

public sealed record InboundNotWaiting()
    : Failure("Somebody else has decided on this text, or it needed no decision. Nothing was changed; load the inbox again.");
