using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>A person stops every text on their preference page. No proof is asked: stopping for the wrong person harms nobody, and the law wants no hurdle.</summary>
public sealed class StopEverything(PortalDatabase database, SendingGate gate, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var person = await OwnAct.FindAsync(db, id, cancellationToken);
                if (person is null)
                    return new SubscriberNotFound();
                await gate.WaitAsync(id, cancellationToken);
                await WithdrawConsent.ApplyAsync(
                    db, actor, person,
                    new Withdrawal(SuppressionScope.All, SuppressionSource.PreferenceCentre, ConsentChannel.PreferenceCentre, "Stopped everything on the preference page", now), now, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }
}
