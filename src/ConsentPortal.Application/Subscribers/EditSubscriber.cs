using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Version">The version that the editor saw; an older one is refused.</param>
public sealed record SubscriberEdit(
    Guid Version,
    SubscriberProfile Profile,
    string? Language,
    string? DeclaredRegion,
    string? DeclaredState,
    string? DeclaredZone,
    FrequencyPreference Frequency,
    DateTimeOffset? PausedUntil,
    string Reason);

/// <summary>Changes what is known of a person, except their number: a new number is a new period of consent.</summary>
public sealed class EditSubscriber(PortalDatabase database, SubjectKeys keys, SubscriberVault vault, SubscriberFactory factory, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, SubscriberEdit edit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        if (!ReasonNeeded.IsMetBy(edit.Reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync<Result<Done>>(db => ApplyAsync(db, actor, id, edit, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<Done>> ApplyAsync(
        PortalDbContext db, Actor actor, SubscriberId id, SubscriberEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subscriber = await db.Subscribers.FindAsync([id], cancellationToken);
        if (subscriber?.WrappedKey is null)
            return new SubscriberNotFound();
        if (subscriber.MergedIntoId is { } into)
            return new SubscriberMerged(into.ToString());
        if (subscriber.Version != edit.Version)
            return new ChangedMeanwhile();
        if (await RestrictedData.RefusalOfCorrectionAsync(db, subscriber, cancellationToken) is { } restricted)
            return restricted;
        if (PersonTraces.Refusal(vault, subscriber, edit.Reason) is { } named)
            return named;
        var before = Facts(subscriber);
        (subscriber.Language, subscriber.DeclaredRegion, subscriber.DeclaredState, subscriber.DeclaredZone) =
            (edit.Language, edit.DeclaredRegion, edit.DeclaredState, edit.DeclaredZone);
        (subscriber.Frequency, subscriber.PausedUntil) = (edit.Frequency, edit.PausedUntil);
        using (var key = keys.Unwrap(subscriber.WrappedKey, id))
            await factory.RewriteAsync(db, subscriber, key, vault.Open(subscriber)!.Profile, edit.Profile, now, cancellationToken);
        db.Audit(actor, now, new AuditFact("subscriber.changed", "subscriber", id.ToString(), id, edit.Reason, before, Facts(subscriber)));
        return Done.Value;
    }

    private static Dictionary<string, object?> Facts(Subscriber subscriber) => new()
    {
        ["profile"] = subscriber.ProfileSealed is null ? null : AuditTrail.Sealed(subscriber.ProfileSealed),
        ["language"] = subscriber.Language, ["country"] = subscriber.DeclaredRegion, ["state"] = subscriber.DeclaredState,
        ["zone"] = subscriber.DeclaredZone, ["frequency"] = subscriber.Frequency, ["pausedUntil"] = subscriber.PausedUntil,
    };
}
