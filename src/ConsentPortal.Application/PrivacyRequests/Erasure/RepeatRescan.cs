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

/// <summary>
/// Searches again after an erasure that was not clean or was cut off. The portal no longer knows whom to look for, so the
/// number comes from the person's own letter; the hash that was kept says whether it is theirs.
/// </summary>
public sealed class RepeatRescan(PortalDatabase database, DatabaseRemains remains, LookupHash hashes, ErasureCheck check, TimeProvider clock)
{
    /// <param name="number">As the person writes it, with its country code.</param>
    /// <param name="firstName">Searched for together with the last name, and each alone in the person's own rows; both may be empty.</param>
    public async Task<Result<RescanReport>> ExecuteAsync(Actor actor, PrivacyRequestId id, string number, string firstName, string lastName, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        if (!PhoneNumber.Parse(number, null).TryGet(out var phone, out var unreadable))
            return unreadable;
        var (hash, now) = (hashes.Phone(phone), clock.GetUtcNow());
        var started = await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (!await db.Subscribers.AnyAsync(s => s.Id == request.SubscriberId && s.ErasedAt != null, cancellationToken))
                    return new RequestNotReady("This person's data has not been erased, so there is nothing to search for. Nothing was changed.");
                if (!await db.Suppressions.AnyAsync(s => s.PhoneHash == hash && s.Source == SuppressionSource.Erasure, cancellationToken))
                    return new NumberIsAnothers();
                var begun = request.Execute();
                if (begun.IsSuccess)
                    RequestChange.Tell(db, actor, request, now, new RequestStep("request.searchBegun", "The search for what is left was begun again."));
                return begun;
            },
            cancellationToken);
        if (!started.IsSuccess)
            return started.Failure;
        await remains.OverwriteAsync(CancellationToken.None);
        return await check.FinishAsync(actor, id, PersonTraces.Of(phone.E164, new SubscriberProfile(firstName, lastName, null)), CancellationToken.None);
    }
}

public sealed record NumberIsAnothers()
    : Failure("No erasure was carried out for this number. Nothing was searched; take the number from the person's own request.");
