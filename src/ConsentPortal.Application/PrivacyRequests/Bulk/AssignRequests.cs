using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <summary>Gives many requests to one member of staff, or back to all.</summary>
public sealed class AssignRequests(PortalDatabase database, AssignRequest assign)
{
    /// <param name="staffId">Null gives them back to all.</param>
    public async Task<Result<BulkOutcome>> ExecuteAsync(Actor actor, IReadOnlyCollection<PrivacyRequestId> ids, Guid? staffId, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        return await EachRequest.RunAsync(database, ids, id => assign.ExecuteAsync(actor, id, staffId, CancellationToken.None), progress, cancellationToken);
    }
}
