using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <summary>Keeps a letter for each request whose law allows a later day, in each person's language, that says why it is needed; the day moves when the letter has left.</summary>
public sealed class ExtendRequests(PortalDatabase database, ExtendRequest extend, SubscriberVault vault)
{
    /// <param name="reason">As everybody reads it in their letter; names nobody.</param>
    public async Task<Result<BulkOutcome>> ExecuteAsync(Actor actor, IReadOnlyCollection<PrivacyRequestId> ids, string reason, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        if (await EachRequest.NamingAsync(database, vault, ids, reason, cancellationToken) is { } named)
            return named;
        return await EachRequest.RunAsync(database, ids, id => extend.ExecuteAsync(actor, id, reason, CancellationToken.None), progress, cancellationToken);
    }
}
