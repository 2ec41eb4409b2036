using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>One decision of the past as it was stored, with its gates worked out again.</summary>
/// <param name="Stored">What the send ledger keeps.</param>
/// <param name="Again">Recomputed; null where the facts of that instant are lost.</param>
/// <param name="Lost">Null when exactly the stored decision came out.</param>
/// <param name="Seen">What the policy looked at, put together again; null where it is lost.</param>
/// <param name="IsRecordChanged">The person's record was changed since: address, language and line are those of today.</param>
public sealed record PastDecision(DecisionRow Stored, SendDecision? Again, LostDecision? Lost, SendFacts? Seen, bool IsRecordChanged)
{
    /// <summary>The entries of the audit trail that name the text, oldest first; none for whom the trail is closed.</summary>
    public IReadOnlyList<AuditRow> Entries { get; init; } = [];
}

/// <summary>Why a text went or did not, gate by gate: the ledger keeps the answer, this works out again how it came about.</summary>
public sealed class PastDecisions(PortalDatabase database, PastFactsReader facts)
{
    /// <param name="id">The person, of whom alone the text may be.</param>
    public async Task<Result<PastDecision>> GetAsync(Actor actor, SubscriberId id, long messageId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var text = await db.OutboundMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId && m.SubscriberId == id, cancellationToken);
        if (text is null or { DecisionKind: null } or { DecidedAt: null })
            return new NoSuchDecision();
        var stored = await SubscriberDecisions.Rows(db, db.OutboundMessages.AsNoTracking().Where(m => m.Id == messageId)).SingleAsync(cancellationToken);
        var past = (await facts.ReadAsync(db, [text], cancellationToken))[messageId];
        var again = (await Recomputation.OpenAsync(db, cancellationToken)).Of(text, past);
        var answers = await DoubtList.AnswersAsync(db, [messageId], cancellationToken);
        return new PastDecision(stored with { Answer = answers.GetValueOrDefault(messageId) }, again.Decision, again.Lost, past.Facts, past.IsRecordChanged)
        {
            Entries = actor.May(Permissions.ViewAudit) ? await TextEntries.OfAsync(db, text, cancellationToken) : [],
        };
    }
}

public sealed record NoSuchDecision()
    : Failure("The policy has not decided on such a text of this person. Choose one from the list.");
