using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
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

/// <summary>Notes that a person's data may not be sold or shared. Said again, it changes nothing: the first day counts. The first time it stands in the register of requests.</summary>
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
                EffectAtOnce.EndSharing(db, actor, person, signal, now);
                await RegisterAsync(db, actor, person, now, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>Every opt-out stands in the register with its answer (11 CCR § 7101; CA-09); the page has given this one's at once.</summary>
    private static async Task RegisterAsync(PortalDbContext db, Actor actor, Subscriber person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await OpenPrivacyRequest.AddAsync(db, person, new NewPrivacyRequest(person.Id, PrivacyRequestKind.OptOutOfSale, null, "Preference page", now), now, cancellationToken);
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.opened", "Received on the preference page."),
            new Dictionary<string, object?> { ["regime"] = request.Regime, ["source"] = request.Source, ["receivedAt"] = request.ReceivedAt });
        request.Complete("Carried out at once; the preference page has told the person.", now);
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.completed", "Completed."));
    }
}
