using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Closes an erasure for which the provider still owes answers, as where the account may not redact. What is open and why
/// stands in the request and on its certificate, and the provider goes on being asked.
/// </summary>
public sealed class CloseWithOpenTexts(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => CloseAsync(db, actor, id, reason.Trim(), now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<Done>> CloseAsync(PortalDbContext db, Actor actor, PrivacyRequestId id, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
            return new RequestNotFound();
        if (!request.AwaitsProvider)
            return new RequestNotReady("This request does not wait for the SMS provider. Nothing was changed.");
        var tally = await RedactionTally.OfAsync(db, id, cancellationToken);
        var open = string.Create(CultureInfo.InvariantCulture, $"{request.Outcome!.Split(" Open:")[0]} Open: {tally.Open:N0} of {tally.Texts:N0} texts at the SMS provider. {reason}");
        var closed = request.Complete(open.Length <= 1000 ? open : open[..1000], now);
        if (closed.IsSuccess)
            RequestChange.Tell(db, actor, request, now, CompleteRequest.Told(request, $"Closed with {tally.Open} texts open at the SMS provider."), new Dictionary<string, object?> { ["openAtProvider"] = tally.Open });
        return closed;
    }
}
