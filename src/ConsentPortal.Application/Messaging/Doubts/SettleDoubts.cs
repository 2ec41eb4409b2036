using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <summary>Which texts a person settles: one, or all of a campaign that wait.</summary>
public abstract record DoubtsToSettle
{
    private DoubtsToSettle()
    {
    }

    /// <param name="Id">The row of the send ledger.</param>
    public sealed record Text(long Id) : DoubtsToSettle;

    public sealed record AllOf(CampaignId Id) : DoubtsToSettle;
}

/// <summary>
/// Keeps what a person found out about texts that the provider's records did not know within a day. No text is sent by it, and
/// none is sent again: whoever got nothing gets it with another campaign. A receipt that comes later is believed more.
/// </summary>
public sealed class SettleDoubts(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const int Longest = DoubtMapping.LongestSentence;

    private const int AtOnce = 500;

    /// <returns>How many texts were settled; at least one.</returns>
    public async Task<Result<int>> ExecuteAsync(Actor actor, DoubtsToSettle which, DoubtSettlement settlement, string grounds, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SettleTexts);
        var words = grounds.Trim();
        if (!ReasonNeeded.IsMetBy(words))
            return new ReasonNeeded();
        if (words.Length > Longest)
            return new GroundsTooLong();
        if (await NamedAsync(which, words, cancellationToken) is { } named)
            return named;
        var answer = new Answer(actor, which, settlement, words);
        // After an outage there may be thousands: a STOP that comes meanwhile need not wait for all of them.
        for (var settled = 0; ; )
        {
            var some = await database.WriteAsync(db => SettleSomeAsync(db, answer, clock.GetUtcNow(), cancellationToken), cancellationToken);
            settled += some;
            if (some == 0)
                return settled > 0 ? settled : await WhyNoneAsync(which, cancellationToken);
        }
    }

    private static async Task<int> SettleSomeAsync(PortalDbContext db, Answer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reason = (answer.As switch
        {
            DoubtSettlement.Left => SendReason.SettledAsSent,
            DoubtSettlement.DidNotLeave => SendReason.SettledAsNotSent,
        }).ToString();
        var ids = await Waiting(db, answer.Which, now).OrderBy(m => m.Id).Take(AtOnce).Select(m => m.Id).ToArrayAsync(cancellationToken);
        // What a receipt has settled meanwhile is in doubt no more.
        var open = db.OutboundMessages.Where(m => EF.Parameter(ids).Contains(m.Id) && m.State == MessageState.Unconfirmed);
        await (answer.As == DoubtSettlement.Left ? LeftAsync(open, reason, cancellationToken) : DidNotLeaveAsync(open, reason, now, cancellationToken));
        var settled = await db.OutboundMessages.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Id) && m.Reason == reason).OrderBy(m => m.Id).ToListAsync(cancellationToken);
        if (settled.Count == 0)
            return 0;
        foreach (var doubt in await DoubtNotes.OfAsync(db, [.. settled.Select(m => m.Id)], cancellationToken))
            (doubt.SettledAs, doubt.SettledAt, doubt.SettledById, doubt.Grounds) = (answer.As, now, answer.Actor.Id, answer.Grounds);
        if (answer.As == DoubtSettlement.Left)
            await NoteLastTextAsync(db, ids, cancellationToken);
        db.Audit(answer.Actor, now, Fact(answer, settled));
        var trail = new TextTrail("texts.settled");
        settled.ForEach(m => trail.Says(m.Id, m.State, reason));
        trail.WriteTo(db, answer.Actor, now);
        return settled.Count;
    }

    private static Task<int> LeftAsync(IQueryable<OutboundMessage> texts, string reason, CancellationToken cancellationToken) => texts.ExecuteUpdateAsync(
        m => m.SetProperty(x => x.State, MessageState.Accepted).SetProperty(x => x.Reason, reason), cancellationToken);

    /// <summary>Sent at no time, so that it counts for no cap, as what the provider refused at once.</summary>
    private static Task<int> DidNotLeaveAsync(IQueryable<OutboundMessage> texts, string reason, DateTimeOffset now, CancellationToken cancellationToken) => texts.ExecuteUpdateAsync(
        m => m.SetProperty(x => x.State, MessageState.Failed).SetProperty(x => x.Reason, reason).SetProperty(x => x.FinalAt, now).SetProperty(x => x.SentAt, (DateTimeOffset?)null), cancellationToken);

    /// <summary>As the acceptance by the provider would have done.</summary>
    private static Task<int> NoteLastTextAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken) => db.Subscribers
        .Where(s => db.OutboundMessages.Any(m => EF.Parameter(ids).Contains(m.Id) && m.SubscriberId == s.Id && (s.LastTextAt == null || m.SentAt > s.LastTextAt)))
        .ExecuteUpdateAsync(
            s => s.SetProperty(x => x.LastTextAt, x => db.OutboundMessages.Where(m => EF.Parameter(ids).Contains(m.Id) && m.SubscriberId == x.Id).Max(m => m.SentAt)), cancellationToken);

    private static readonly Dictionary<string, object?> Doubted = new() { ["state"] = MessageState.Unconfirmed };

    private static AuditFact Fact(Answer answer, List<OutboundMessage> texts) => answer.Which switch
    {
        DoubtsToSettle.AllOf campaign => new AuditFact("text.doubtsSettled", "campaign", campaign.Id.ToString(), Reason: answer.Grounds, Before: Doubted, After: new Dictionary<string, object?>
        {
            ["state"] = texts[0].State, ["as"] = answer.As, ["texts"] = texts.Count, ["first"] = texts[0].Id, ["last"] = texts[^1].Id,
        }),
        _ => new AuditFact("text.doubtSettled", "text", texts[0].Id.ToString(CultureInfo.InvariantCulture), texts[0].SubscriberId, answer.Grounds, Before: Doubted, After: new Dictionary<string, object?>
        {
            ["state"] = texts[0].State, ["as"] = answer.As, ["campaign"] = texts[0].CampaignId?.ToString(), ["reference"] = texts[0].ClientRef, ["handedOverAt"] = texts[0].DecidedAt,
        }),
    };

    private static IQueryable<OutboundMessage> Waiting(PortalDbContext db, DoubtsToSettle which, DateTimeOffset now) => which switch
    {
        DoubtsToSettle.AllOf campaign => DoubtList.Matching(db, new DoubtQuery(DoubtStage.Waiting, campaign.Id), now),
        DoubtsToSettle.Text text => DoubtList.Matching(db, new DoubtQuery(), now).Where(m => m.Id == text.Id),
        _ => throw new System.Diagnostics.UnreachableException($"Nobody can settle {which.GetType().Name}."),
    };

    /// <summary>
    /// Of one person no part of the name may stand in the grounds. Of a campaign's many people some are called May or Will: there, numbers
    /// and whole names count.
    /// </summary>
    private async Task<Failure?> NamedAsync(DoubtsToSettle which, string words, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var people = Waiting(db, which, clock.GetUtcNow()).Join(db.Subscribers.AsNoTracking(), m => m.SubscriberId, s => s.Id, (_, s) => s);
        await foreach (var person in people.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (IsNamed(person))
                return new ReasonNamesPerson();
        }

        return null;

        bool IsNamed(Subscriber person) => which is DoubtsToSettle.Text
            ? PersonTraces.Refusal(vault, person, words) is not null
            : vault.Open(person) is { } opened && PersonTraces.Of(opened).AreIn(words);
    }

    private async Task<Failure> WhyNoneAsync(DoubtsToSettle which, CancellationToken cancellationToken)
    {
        if (which is not DoubtsToSettle.Text text)
            return new NoDoubtsWait();
        await using var db = database.Open();
        return await db.OutboundMessages.AnyAsync(m => m.Id == text.Id && m.State == MessageState.Unconfirmed, cancellationToken) ? new DoubtIsLookedUp() : new DoubtIsOver();
    }

    private sealed record Answer(Actor Actor, DoubtsToSettle Which, DoubtSettlement As, string Grounds);
}

public sealed record GroundsTooLong() : Failure("The reason has more than 400 characters. Nothing was changed; say it shorter.");

public sealed record DoubtIsOver() : Failure("This text is in doubt no more: a receipt, the provider's records or somebody else has settled it. Nothing was changed; load the page again to see how.");

public sealed record DoubtIsLookedUp()
    : Failure("The provider's records are still being asked about this text, until a day after it was handed over. Nothing was changed; settle it then, if it was not found.");

public sealed record NoDoubtsWait() : Failure("No text of this campaign waits to be settled: receipts or somebody else have done it, or the provider's records are still being asked. Nothing was changed.");
