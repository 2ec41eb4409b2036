using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
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

/// <summary>The second person's no, with what has to be seen to first. The request stays open and its clock runs.</summary>
public sealed class SendErasureBack(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reason">For colleagues; deleted with the person's data.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.sentBack", "The erasure was not approved and went back.", reason), request => request.SendBack(), cancellationToken);
    }
}
