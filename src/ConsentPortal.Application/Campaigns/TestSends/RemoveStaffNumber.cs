using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>Takes back one's own number: nothing more goes there, and nothing readable of it stays.</summary>
public sealed class RemoveStaffNumber(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        await database.WriteAsync(
            async db =>
            {
                var numbers = await db.StaffNumbers.Where(n => n.StaffId == staff).ToListAsync(cancellationToken);
                if (numbers.Count == 0)
                    return;
                db.StaffNumbers.RemoveRange(numbers);
                db.Audit(actor, clock.GetUtcNow(), new AuditFact("staffNumber.removed", "staff", staff.ToString(), Before: new Dictionary<string, object?>
                {
                    ["verifiedAt"] = numbers.Max(n => n.VerifiedAt), ["waitingSince"] = numbers.Where(n => n.VerifiedAt is null).Max(n => (DateTimeOffset?)n.AddedAt),
                }));
            },
            cancellationToken);
        return Done.Value;
    }
}
