using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>A stop holds for a number, whoever has it: staff who have answered STOP get no test text either.</summary>
internal static class StaffStops
{
    public static async Task<NumberSaidStop?> RefusalAsync(PortalDbContext db, byte[] phoneHash, Purpose purpose, CancellationToken cancellationToken)
    {
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == phoneHash && s.LiftedAt == null).ToListAsync(cancellationToken);
        return stops.Exists(s => s.Reaches(purpose)) ? new NumberSaidStop() : null;
    }
}

public sealed record NumberSaidStop()
    : Failure("This number has said STOP to this sender or purpose, and that holds for tests too. Nothing was sent; text START from it, or use another number.");
