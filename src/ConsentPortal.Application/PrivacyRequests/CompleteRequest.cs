using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Carries out what a request of any kind but erasure asks for: a restriction leaves the data stored and nothing else; access is
/// answered only after its package was made; what needs no proof of who asks was carried out when it was entered
/// (<see cref="EffectAtOnce"/>). It is closed with that where the law wants no answer (<see cref="PrivacyRequest.NeedsReply"/>);
/// otherwise when the answer has left: as a letter, or as the package that the person fetched by its link.
/// </summary>
public sealed class CompleteRequest(PortalDatabase database, SendingGate gate, TimeProvider clock)
{
    internal const string PackageMade = "request.packaged";
    internal const string Restricted = "subscriber.restricted";

    /// <param name="what">What was done.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string what, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(what))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => CompleteAsync(db, actor, id, what.Trim(), now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<Done>> CompleteAsync(
        PortalDbContext db, Actor actor, PrivacyRequestId id, string what, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
        if (request is null)
            return new RequestNotFound();
        if (request.SubscriberId is null)
            return new NoRecordToActOn();
        if (request.Kind == PrivacyRequestKind.Erasure)
            return new RequestNotReady("An erasure closes itself once nothing of the person is found any more. Nothing was changed.");
        var package = request.Kind is PrivacyRequestKind.Access or PrivacyRequestKind.Portability ? await PackageTrail.OfAsync(db, id, cancellationToken) : null;
        if (package is { IsMade: false })
            return new RequestNotReady("Make the package of the person's data first and send it to them. Nothing was changed.");
        var person = await db.Subscribers.FindAsync([request.SubscriberId], cancellationToken);
        if (CodeProof.Refusal(request, person) is { } anothers)
            return anothers;
        var outcome = request.Complete(what, now);
        if (!outcome.IsSuccess)
            return outcome;
        if (person is { ErasedAt: null })
            await ActAsync(db, actor, request, person, now, cancellationToken);
        if (package?.FirstDownloadAt is { } fetched)
            request.Reply(fetched);
        RequestChange.Tell(db, actor, request, now, Told(request));
        return Done.Value;
    }

    /// <summary>What is told once a request was carried out: that it is closed, or that its answer is due.</summary>
    internal static RequestStep Told(PrivacyRequest request, string what = "Completed.") => request.Status == PrivacyRequestStatus.Replying
        ? new RequestStep("request.carriedOut", what == "Completed." ? "Carried out; the person has to be told." : what) : new RequestStep("request.completed", what);

    private async Task ActAsync(PortalDbContext db, Actor actor, PrivacyRequest request, Subscriber person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EffectAtOnce.ApplyAsync(db, gate, actor, request, person, now, cancellationToken);
        if (request.Kind == PrivacyRequestKind.Restriction)
            Restrict(db, actor, request, person, now);
    }

    private static void Restrict(PortalDbContext db, Actor actor, PrivacyRequest request, Subscriber person, DateTimeOffset now)
    {
        db.Audit(actor, now, new AuditFact(Restricted, "subscriber", person.Id.ToString(), person.Id,
            Before: new Dictionary<string, object?> { ["restricted"] = person.IsRestricted },
            After: new Dictionary<string, object?> { ["restricted"] = true, ["request"] = request.Id.ToString() }));
        (person.IsRestricted, person.UpdatedAt, person.Version) = (true, now, Guid.CreateVersion7(now));
    }
}
