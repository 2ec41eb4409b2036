using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>Puts a verified erasure before a second person.</summary>
public sealed class AskForErasureApproval(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string? note, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.approvalAsked", "A second person was asked to approve the erasure.", note),
            request => RequestChange.StaffId(actor) is { } asker ? request.AskForApproval(asker) : new StaffNeededForRequest(), cancellationToken);
    }
}

/// <summary>The second person's yes: never that of whoever asked.</summary>
public sealed class ApproveErasure(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.approved", "The erasure was approved."),
            request => RequestChange.StaffId(actor) is { } approver ? request.Approve(approver) : new StaffNeededForRequest(), cancellationToken);
    }
}
