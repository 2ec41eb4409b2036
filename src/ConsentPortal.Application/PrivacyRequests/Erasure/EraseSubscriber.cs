using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Carries out an approved erasure and proves it: deletes, overwrites what the database file still holds, looks for the
/// person everywhere, asks the SMS provider to do the same, and closes the request only when nothing was found.
/// </summary>
public sealed class EraseSubscriber(
    PortalDatabase database, DatabaseRemains remains, SubscriberVault vault, SubscriberFactory factory, SubjectKeys subjectKeys, LookupHash hashes, SendingGate gate, ErasureCheck check, TimeProvider clock)
{
    internal const string Erased = "subscriber.erased";

    /// <returns>What the search found: the request is completed when it found nothing, and open otherwise.</returns>
    public async Task<Result<RescanReport>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        var now = clock.GetUtcNow();
        Result<PersonTraces> erased;
        try
        {
            erased = await database.WriteAsync(db => EraseAsync(db, actor, id, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }

        if (!erased.TryGet(out var traces, out var refused))
            return refused;
        // From here on the data is gone, so the proof is finished even if the page that asked for it is closed.
        await remains.OverwriteAsync(CancellationToken.None);
        return await check.FinishAsync(actor, id, traces, CancellationToken.None);
    }

    private async Task<Result<PersonTraces>> EraseAsync(PortalDbContext db, Actor actor, PrivacyRequestId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
        if (request is null)
            return new RequestNotFound();
        if (request.SubscriberId is not { } subject)
            return new NoRecordToActOn();
        var person = (await db.Subscribers.FindAsync([subject], cancellationToken))!;
        if (person.ErasedAt is not null || vault.Open(person) is not { } opened)
            return new AlreadyErased();
        if (CodeProof.Refusal(request, person) is { } anothers)
            return anothers;
        if (await OpenAccessAsync(db, request, cancellationToken) is { } access)
            return new AnswerAccessFirst(access);
        if (await IsHeldAsync(db, person, now, cancellationToken))
            return new HeldAsEvidence();
        var allowed = request.Execute();
        if (!allowed.IsSuccess)
            return allowed.Failure;
        await WaitForTextsAsync(db, person.Id, cancellationToken);
        await RedactionPlan.AddAsync(db, request, now, cancellationToken);
        var keys = await db.Subscribers.Where(s => (s.Id == person.Id || s.MergedIntoId == person.Id) && s.WrappedKey != null).OrderBy(s => s.MergedAt).Select(s => s.WrappedKey!).ToListAsync(cancellationToken);
        var known = PersonTraces.Of(opened).With(await EarlierTraces.OfAsync(db, subjectKeys, person, cancellationToken));
        var stores = await new SubscriberErasure(db, person, factory.Words(person.Id, opened.Phone, opened.Profile), request, now).ApplyAsync(actor, cancellationToken);
        var (traces, merged) = await EraseMergedAsync(db, actor, request, known, now, cancellationToken);
        db.ErasureTraces.AddRange(traces.Traces.Select(trace => ErasureTrace.Of(hashes, request.Id, trace)));
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.executed", "The person's key was destroyed and their data deleted."));
        if (stores.Contains(SubscriberErasure.NotStopped))
            RequestChange.Add(db, actor, id, now, RequestEntryKinds.Step, $"{SubscriberErasure.NotStopped}.");
        db.Audit(actor, now, new AuditFact(Erased, "subscriber", person.Id.ToString(), person.Id, After: new Dictionary<string, object?>
        {
            ["request"] = request.Id.ToString(), ["stores"] = stores.Concat(merged), ["keys"] = keys.Select(SubjectKeys.NameOf), ["approvedBy"] = request.ApprovedById?.ToString(), ["askedBy"] = request.RequestedApprovalById?.ToString(),
        }));
        return traces;
    }

    /// <summary>So that no text leaves on a decision from before; one that is with the provider already has its id a moment later, and is planned to be erased there then.</summary>
    private async Task WaitForTextsAsync(PortalDbContext db, SubscriberId person, CancellationToken cancellationToken)
    {
        var closed = await db.Subscribers.Where(s => s.MergedIntoId == person).Select(s => s.Id).ToListAsync(cancellationToken);
        foreach (var record in closed.Prepend(person))
            await gate.WaitAsync(record, cancellationToken);
    }

    /// <summary>By a hold on the person or on a purpose, in any record that would go with this one.</summary>
    private static async Task<bool> IsHeldAsync(PortalDbContext db, Subscriber person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await HeldRecords.AtAsync(db, now, cancellationToken);
        return await held.HoldAsync(db, person.Id, cancellationToken);
    }

    /// <summary>Records that went into this one are the same person: they go with it, and are searched for with it.</summary>
    private async Task<(PersonTraces Traces, IReadOnlyList<string> Stores)> EraseMergedAsync(
        PortalDbContext db, Actor actor, PrivacyRequest request, PersonTraces traces, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stores = new List<string>();
        foreach (var closed in await db.Subscribers.Where(s => s.MergedIntoId != null && s.MergedIntoId == request.SubscriberId && s.ErasedAt == null).ToListAsync(cancellationToken))
        {
            var theirs = vault.Open(closed);
            if (theirs is not null)
                traces = traces.With(PersonTraces.Of([theirs.Phone.E164], [theirs.Profile], areEarlier: true)).With(await EarlierTraces.OfAsync(db, subjectKeys, closed, cancellationToken));
            var words = theirs is null ? [] : factory.Words(closed.Id, theirs.Phone, theirs.Profile);
            stores.AddRange((await new SubscriberErasure(db, closed, words, request, now).ApplyAsync(actor, cancellationToken)).Select(store => $"Merged record: {store}"));
        }

        return (traces, stores);
    }

    /// <summary>Whoever also asked to see their data must get it before it is gone.</summary>
    private static Task<int?> OpenAccessAsync(PortalDbContext db, PrivacyRequest request, CancellationToken cancellationToken) =>
        db.PrivacyRequests.AsNoTracking()
            .Where(r => r.SubscriberId != null && r.SubscriberId == request.SubscriberId && (r.Kind == PrivacyRequestKind.Access || r.Kind == PrivacyRequestKind.Portability)
                && (r.Status == PrivacyRequestStatus.Received || r.Status == PrivacyRequestStatus.Verified || r.Status == PrivacyRequestStatus.Replying))
            .OrderBy(r => r.Number).Select(r => (int?)r.Number).FirstOrDefaultAsync(cancellationToken);
}

public sealed record AnswerAccessFirst(int Number)
    : Failure($"The same person asked to see their data (DSR-{Number}), and after the erasure there is nothing left to show. Nothing was erased; answer or cancel that request first.");

public sealed record AlreadyErased()
    : Failure("This person's data has been erased already. If the search for what is left has not finished, repeat it with the person's number and name.");
