using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Answers "can I text them about this now?" by the very evaluator and facts that the dispatcher uses, without any text:
/// what a text says can still stop it.
/// </summary>
public sealed class TextNow(PortalDatabase database, SendFactsReader facts, TimeProvider clock)
{
    public async Task<Result<SendDecision>> AskAsync(Actor actor, SubscriberId id, PurposeId purposeId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var purpose = await db.Purposes.FindAsync([purposeId], cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var people = await facts.ReadAsync(db, [id], new SendQuestion(purpose, purpose.MessageClass), now, cancellationToken);
        if (!people.TryGetValue(id, out var person))
            return new SubscriberNotFound();
        return SendPolicy.Evaluate(person.Facts, await ActivePolicy.AtAsync(db, now, cancellationToken), now);
    }
}
