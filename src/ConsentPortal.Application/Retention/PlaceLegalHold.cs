using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention;

/// <param name="SubscriberId">Whose records are held; null where a purpose is.</param>
/// <param name="PurposeId">Whose people are held; null where a person is.</param>
/// <param name="Until">The last day (UTC) on which it holds; null until somebody lifts it.</param>
public sealed record NewLegalHold(SubscriberId? SubscriberId, PurposeId? PurposeId, string Reason, DateOnly? Until);

/// <summary>Keeps records from being deleted, by the retention job and by an erasure, while they may be needed as evidence.</summary>
public sealed class PlaceLegalHold(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<Guid>> ExecuteAsync(Actor actor, NewLegalHold wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!ReasonNeeded.IsMetBy(wish.Reason))
            return new ReasonNeeded();
        if (wish.SubscriberId is null == wish.PurposeId is null)
            return new HoldNeedsOneTarget();
        var now = clock.GetUtcNow();
        if (wish.Until is { } day && day < DateOnly.FromDateTime(now.UtcDateTime))
            return new HoldIsOver();
        return await database.WriteAsync(db => PlaceAsync(db, actor, wish, now, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> PlaceAsync(PortalDbContext db, Actor actor, NewLegalHold wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wish.SubscriberId is { } id)
        {
            if (await db.Subscribers.FindAsync([id], cancellationToken) is not { ErasedAt: null } person)
                return new SubscriberNotFound();
            if (PersonTraces.Refusal(vault, person, wish.Reason) is { } named)
                return named;
        }
        else if (!await db.Purposes.AnyAsync(p => p.Id == wish.PurposeId, cancellationToken))
        {
            return new HoldNeedsOneTarget();
        }

        var hold = new LegalHold
        {
            Id = Guid.CreateVersion7(now), SubscriberId = wish.SubscriberId, PurposeId = wish.PurposeId, Reason = wish.Reason.Trim(), PlacedAt = now, PlacedBy = actor.Name,
            Until = wish.Until is { } last ? new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
        };
        db.LegalHolds.Add(hold);
        db.Audit(actor, now, new AuditFact("hold.placed", "hold", hold.Id.ToString(), hold.SubscriberId, hold.Reason,
            After: new Dictionary<string, object?> { ["purpose"] = hold.PurposeId?.ToString(), ["until"] = hold.Until }));
        return hold.Id;
    }
}

/// <summary>Ends a hold before its day. What is past its time goes with the next run.</summary>
public sealed class LiftLegalHold(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.LegalHolds.FindAsync([id], cancellationToken) is not { LiftedAt: null } hold)
                    return new HoldNotInForce();
                if (hold.SubscriberId is { } held && await db.Subscribers.FindAsync([held], cancellationToken) is { } person && PersonTraces.Refusal(vault, person, reason) is { } named)
                    return named;
                (hold.LiftedAt, hold.LiftedBy) = (now, actor.Name);
                db.Audit(actor, now, new AuditFact("hold.lifted", "hold", id.ToString(), hold.SubscriberId, reason.Trim(),
                    new Dictionary<string, object?> { ["purpose"] = hold.PurposeId?.ToString(), ["until"] = hold.Until, ["liftedAt"] = null },
                    new Dictionary<string, object?> { ["purpose"] = hold.PurposeId?.ToString(), ["until"] = hold.Until, ["liftedAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record HoldNeedsOneTarget() : Failure("A hold is on one person or on one purpose. Nothing was held; choose one of the two.");

public sealed record HoldIsOver() : Failure("The last day of the hold has passed already. Nothing was held; choose a later day or none.");

public sealed record HoldNotInForce() : Failure("This hold was lifted already, or never existed. Nothing was changed.");

public sealed record HeldAsEvidence()
    : Failure("A legal hold keeps this person's data as evidence (GDPR art. 17(3)(e)). Nothing was erased; tell the person, and lift the hold on the retention page when it is no longer needed.");
