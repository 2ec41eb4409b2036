using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Shows a full number to somebody who gives a reason; the entry is written before the number is shown.</summary>
public sealed class RevealNumber(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Revealed = "number.revealed";

    /// <summary>How long a page may show it.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    public async Task<Result<string>> ExecuteAsync(Actor actor, SubscriberId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RevealNumbers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<string>>(
            async db =>
            {
                var subscriber = await db.Subscribers.FindAsync([id], cancellationToken);
                if (subscriber is null || vault.Open(subscriber) is not { } opened)
                    return new SubscriberNotFound();
                if (PersonTraces.Refusal(vault, subscriber, reason) is { } named)
                    return named;
                db.Audit(actor, now, new AuditFact(Revealed, "subscriber", id.ToString(), id, reason));
                return opened.Phone.E164;
            },
            cancellationToken);
    }
}
