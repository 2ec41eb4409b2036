using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>Gives staff the link to a person's preference page, to be handed on to that person. Whoever holds it can stop texts and see what was agreed to, so the trail keeps who took it.</summary>
public sealed class CopyPreferenceLink(PortalDatabase database, PreferenceLinks links, TimeProvider clock)
{
    /// <returns>The token of the link.</returns>
    public async Task<Result<string>> ExecuteAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<string>>(
            async db =>
            {
                if (await OwnAct.FindForStaffAsync(db, id, cancellationToken) is not { } person)
                    return new SubscriberNotFound();
                if (person.NumberState == NumberState.Reassigned)
                    return new NumberIsAnothersNow();
                db.Audit(actor, now, new AuditFact("preferences.linkCopied", "subscriber", id.ToString(), id));
                return links.LinkFor(person.CurrentPeriodId);
            },
            cancellationToken);
    }
}
