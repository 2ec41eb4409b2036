using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Takes a verification back that was a mistake, while nothing was carried out: the request waits for it as a new one does. What rested on it falls with it: an
/// approval of the erasure that was asked for or given, and the link to the package, which opens nothing until the person is verified again.
/// </summary>
public sealed class TakeBackVerification(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reason">For colleagues; deleted with the person's data.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        return await RequestChange.ApplyAsync(
            database, actor, id, clock.GetUtcNow(), new RequestStep("request.verificationTakenBack", "The verification was taken back; the person has to be verified again.", reason),
            request => request.TakeBackVerification(), cancellationToken);
    }
}
