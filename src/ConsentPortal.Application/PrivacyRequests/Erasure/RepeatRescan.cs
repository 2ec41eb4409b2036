using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>What is looked for again, as the person writes it or as it stands where it was found. Held in memory only.</summary>
/// <param name="Numbers">With their country code.</param>
/// <param name="Names">First and last, or last, comma, first; one word alone is looked for in the person's own rows.</param>
/// <param name="ExternalIds">Ids in other systems.</param>
public sealed record SoughtAgain(IReadOnlyList<string> Numbers, IReadOnlyList<string> Names, IReadOnlyList<string> ExternalIds);

/// <summary>
/// Searches again after an erasure that was not clean or was cut off. The portal no longer knows whom to look for, so numbers and names
/// come from the person's own letter and from where they were found; the hashes that were kept say whether they are theirs, and whether
/// all are there that have to be looked for again.
/// </summary>
public sealed class RepeatRescan(PortalDatabase database, DatabaseRemains remains, LookupHash hashes, ErasureCheck check, TimeProvider clock)
{
    public async Task<Result<RescanReport>> ExecuteAsync(Actor actor, PrivacyRequestId id, SoughtAgain sought, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        var numbers = new List<string>();
        foreach (var text in sought.Numbers.DefaultIfEmpty(""))
        {
            if (!PhoneNumber.Parse(text, null).TryGet(out var phone, out var unreadable))
                return unreadable;
            numbers.Add(phone.E164);
        }

        var profiles = sought.Names.Select(name => new SubscriberProfile(null, Spoken(name), null)).Concat(sought.ExternalIds.Select(external => new SubscriberProfile(null, null, external)));
        var traces = PersonTraces.Of(numbers, [.. profiles], areEarlier: false);
        var now = clock.GetUtcNow();
        var started = await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (!await db.Subscribers.AnyAsync(s => s.Id == request.SubscriberId && s.ErasedAt != null, cancellationToken))
                    return new RequestNotReady("This person's data has not been erased, so there is nothing to search for. Nothing was changed.");
                if (await RefusalAsync(db, request, traces, numbers, cancellationToken) is { } refused)
                    return refused;
                var begun = request.Execute();
                if (begun.IsSuccess)
                    RequestChange.Tell(db, actor, request, now, new RequestStep("request.searchBegun", "The search for what is left was begun again."));
                return begun;
            },
            cancellationToken);
        if (!started.IsSuccess)
            return started.Failure;
        await remains.OverwriteAsync(CancellationToken.None);
        return await check.FinishAsync(actor, id, traces, CancellationToken.None);
    }

    /// <summary>Every number has to be one of this very erasure, and nothing may be missing that the last search found, or that the first one did not come to.</summary>
    private async Task<Failure?> RefusalAsync(PortalDbContext db, PrivacyRequest request, PersonTraces traces, List<string> numbers, CancellationToken cancellationToken)
    {
        var kept = await db.ErasureTraces.AsNoTracking().Where(t => t.RequestId == request.Id).OrderBy(t => t.Kind).ThenBy(t => t.IsEarlier).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        if (kept.Count == 0)
            return await OfEarlierReleaseAsync(db, request, numbers, cancellationToken) ? null : new NumberIsAnothers();
        var given = traces.Traces.Select(trace => (trace.Kind, Hash: ErasureTrace.HashOf(hashes, request.Id, trace))).ToList();
        if (given.Exists(g => g.Kind == TraceKind.Number && !kept.Exists(k => k.Kind == g.Kind && k.Hash.AsSpan().SequenceEqual(g.Hash))))
            return new NumberIsAnothers();
        var missing = kept.Where(k => k.IsNeeded && !given.Exists(g => g.Hash.AsSpan().SequenceEqual(k.Hash))).Select(k => TraceWords.Of(k.Kind, k.IsEarlier)).ToList();
        return missing.Count == 0 ? null : new SearchWouldBePartial(TraceWords.Joined(missing));
    }

    /// <summary>An erasure from before these hashes were kept left the one on the do-not-text list, with its request.</summary>
    private async Task<bool> OfEarlierReleaseAsync(PortalDbContext db, PrivacyRequest request, List<string> numbers, CancellationToken cancellationToken)
    {
        var (reason, given) = (SubscriberErasure.ReasonOf(request), numbers.Select(hashes.Phone).ToList());
        return await db.Suppressions.AnyAsync(s => given.Contains(s.PhoneHash) && s.Source == SuppressionSource.Erasure && s.Reason == reason, cancellationToken);
    }

    private static string Spoken(string name) => name.Split(',', 2) is [var last, var first] ? $"{first} {last}" : name;
}

public sealed record NumberIsAnothers()
    : Failure("This request did not erase this number. Nothing was searched; take the number from the person's own request.");

/// <param name="Missing">In words that name nobody.</param>
public sealed record SearchWouldBePartial(string Missing)
    : Failure($"Not all was given that has to be looked for: {Missing}. Nothing was searched; take it from the person's request or from where it was found, written as it is there.");
