using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="ToldOn">The day (UTC) on which the person was told that the restriction ends.</param>
/// <param name="HowTold">By letter, by phone; names nobody.</param>
/// <param name="Reason">Why it ends: the data were corrected, the objection was decided, the person asked for it.</param>
public sealed record RestrictionEnd(DateOnly ToldOn, string HowTold, string Reason);

/// <summary>Lets a person's data be used again. The law wants the person to be told before (GDPR art. 18(3); EU-13), so that is noted first.</summary>
public sealed class LiftRestriction(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    internal const string Told = "subscriber.restrictionTold";
    internal const string Lifted = "subscriber.restrictionLifted";

    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, RestrictionEnd end, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(end.Reason) || !ReasonNeeded.IsMetBy(end.HowTold))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        if (end.ToldOn > DateOnly.FromDateTime(now.UtcDateTime))
            return new PersonNotToldYet();
        try
        {
            return await database.WriteAsync(db => LiftAsync(db, actor, id, end, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<Done>> LiftAsync(PortalDbContext db, Actor actor, SubscriberId id, RestrictionEnd end, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Subscribers.FindAsync([id], cancellationToken) is not { ErasedAt: null, MergedIntoId: null } person)
            return new SubscriberNotFound();
        if (!person.IsRestricted)
            return new NotRestricted();
        if (PersonTraces.Refusal(vault, person, $"{end.HowTold} {end.Reason}") is { } named)
            return named;
        db.Audit(actor, now, new AuditFact(Told, "subscriber", id.ToString(), id, After: new Dictionary<string, object?> { ["toldOn"] = end.ToldOn, ["how"] = end.HowTold.Trim() }));
        (person.IsRestricted, person.UpdatedAt, person.Version) = (false, now, Guid.CreateVersion7(now));
        db.Audit(actor, now, new AuditFact(Lifted, "subscriber", id.ToString(), id, end.Reason.Trim(),
            new Dictionary<string, object?> { ["restricted"] = true }, new Dictionary<string, object?> { ["restricted"] = false }));
        return Done.Value;
    }
}

public sealed record PersonNotToldYet()
    : Failure("The person has to be told before the restriction ends (GDPR art. 18(3)), and that day lies in the future. Nothing was changed; tell them first.");

public sealed record NotRestricted() : Failure("This person's data are not restricted. Nothing was changed.");
