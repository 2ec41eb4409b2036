using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>What one sender may send to all carriers together, in parts; null for no such limit.</summary>
public sealed record SenderLimits(int? PartsPerMinute, int? PartsPerDay)
{
    /// <returns>Null for a sender without a limit.</returns>
    internal static async Task<SenderLimits?> OfAsync(PortalDbContext db, string sender, CancellationToken cancellationToken)
    {
        var limits = await db.SendingLimits.AsNoTracking().Where(l => l.Sender == sender && l.Networks == "" && (l.PartsPerMinute != null || l.PartsPerDay != null)).ToListAsync(cancellationToken);
        return limits.Count == 0 ? null : new SenderLimits(limits.Min(l => l.PartsPerMinute), limits.Min(l => l.PartsPerDay));
    }
}
