using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <param name="Number">DSR-…: what the person can quote.</param>
/// <param name="DueOn">The last lawful day of the answer.</param>
public sealed record ErasureAsked(int Number, DateOnly DueOn);

/// <summary>
/// A person asks on their page that their data be deleted. It opens a privacy request, which two members of staff carry out; asked
/// again while one is open, it answers with that one.
/// </summary>
public sealed class AskForErasure(PortalDatabase database, TimeProvider clock)
{
    /// <param name="isNumberProven">A code texted to the number was read back; otherwise staff still have to make sure who asks.</param>
    public async Task<Result<ErasureAsked>> ExecuteAsync(Actor actor, SubscriberId id, bool isNumberProven, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ErasureAsked>>(
            async db =>
            {
                if (await OwnAct.FindAsync(db, id, cancellationToken) is not { } person)
                    return new SubscriberNotFound();
                var open = await db.PrivacyRequests.AsNoTracking()
                    .Where(r => r.SubscriberId == id && r.Kind == PrivacyRequestKind.Erasure
                        && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled)
                    .OrderBy(r => r.Number).FirstOrDefaultAsync(cancellationToken);
                if (open is not null)
                    return new ErasureAsked(open.Number, open.DueOn);
                var request = await OpenPrivacyRequest.AddAsync(db, person, new NewPrivacyRequest(id, PrivacyRequestKind.Erasure, null, "Preference page", now), now, cancellationToken);
                RequestChange.Tell(db, actor, request, now, new RequestStep("request.opened", "Received on the preference page."),
                    new Dictionary<string, object?> { ["regime"] = request.Regime, ["source"] = request.Source, ["receivedAt"] = request.ReceivedAt });
                if (isNumberProven)
                    await ProveAsync(db, actor, request, now, cancellationToken);
                return new ErasureAsked(request.Number, request.DueOn);
            },
            cancellationToken);
    }

    /// <summary>The code is one fact; where the law wants more, staff ask for it.</summary>
    private static async Task ProveAsync(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        request.ProveNumber(now);
        RequestChange.Tell(db, actor, request, now, request.Verify(IdentityTable.ByCode, now, await RequestChange.DaysAsync(db, request, now, cancellationToken)).IsSuccess
            ? new RequestStep("request.verified", "Identity verified: code texted to the number and read back.")
            : new RequestStep("request.numberProven", $"A code texted to the number was read back; the law wants {IdentityTable.InWords(IdentityTable.Lowest(request.Regime, request.Kind))}."));
    }
}
