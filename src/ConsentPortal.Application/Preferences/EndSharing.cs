using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>How a person said that their data must not be sold or shared.</summary>
public enum SharingSignal
{
    /// <summary>A button on the page.</summary>
    Button = 1,

    /// <summary>The header <c>Sec-GPC: 1</c> of their browser, which is a valid opt-out by itself (11 CCR § 7025; CA-05).</summary>
    GlobalPrivacyControl = 2,
}

/// <summary>Notes that a person's data may not be sold or shared. Said again, it changes nothing: the first day counts.</summary>
public sealed class EndSharing(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, SharingSignal signal, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await OwnAct.FindAsync(db, id, cancellationToken) is not { } person)
                    return new SubscriberNotFound();
                if (person.SharingOptOutAt is not null)
                    return Done.Value;
                (person.SharingOptOutAt, person.UpdatedAt, person.Version) = (now, now, Guid.CreateVersion7(now));
                db.Audit(actor, now, new AuditFact("sharing.optedOut", "subscriber", id.ToString(), id, After: new Dictionary<string, object?> { ["by"] = signal }));
                return Done.Value;
            },
            cancellationToken);
    }
}
