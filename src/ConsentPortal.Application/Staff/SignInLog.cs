using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>Signing in and out, tries that failed and changes of the second factor, as entries of the audit trail.</summary>
public sealed class SignInLog(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Somebody who is known to the portal did this with their own account.</summary>
    /// <param name="action">staff.signedIn, staff.signedOut, staff.signInFailed, staff.lockedOut, staff.twoFactorOn …</param>
    public Task WriteAsync(Guid staffId, string action, ActorOrigin origin, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                if (action == "staff.signedIn")
                    await db.Users.Where(s => s.Id == staffId).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellationToken);
                var actor = new Actor(ActorKind.Staff, staffId.ToString(), "", new HashSet<string>(), Origin: origin);
                db.Audit(actor, now, new AuditFact(action, "staff", staffId.ToString()));
            },
            cancellationToken);
    }
}
