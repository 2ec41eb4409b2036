using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Segments;

/// <summary>Asks rules by the organisation's clock: days of the calendar begin in its zone, as they do in its reports.</summary>
internal static class RuleMoments
{
    public static async Task<RuleMoment> AtAsync(PortalDbContext db, DateTimeOffset instant, CancellationToken cancellationToken) =>
        new(instant, await ZoneAsync(db, cancellationToken));

    /// <summary>UTC where the organisation has set none.</summary>
    public static async Task<TimeZoneInfo> ZoneAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        TimeZoneInfo.FindSystemTimeZoneById(await ReportTrail.ZoneAsync(db, cancellationToken));
}
