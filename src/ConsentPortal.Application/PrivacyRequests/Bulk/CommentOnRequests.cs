using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <summary>Notes the same for colleagues with many requests.</summary>
public sealed class CommentOnRequests(PortalDatabase database, CommentOnRequest comment, SubscriberVault vault)
{
    /// <param name="text">Names nobody: what is said of one person goes with that person's own request.</param>
    public async Task<Result<BulkOutcome>> ExecuteAsync(Actor actor, IReadOnlyCollection<PrivacyRequestId> ids, string text, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (CommentOnRequest.Refusal(text) is { } unusable)
            return unusable;
        if (await EachRequest.NamingAsync(database, vault, ids, text, cancellationToken) is { } named)
            return named;
        return await EachRequest.RunAsync(database, ids, id => comment.ExecuteAsync(actor, id, text, CancellationToken.None), progress, cancellationToken);
    }
}
