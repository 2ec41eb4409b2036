using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>Which of the kept reports were made for somebody, and which of those they have not read.</summary>
internal static class ReportsForReader
{
    /// <summary>Of schedules that name the person or a role that they hold, from the time on at which these were named.</summary>
    public static IQueryable<KeptReport> Of(PortalDbContext db, Guid reader) => db.KeptReports.AsNoTracking().Where(report => report.IsComplete && db.ReportRecipients.Any(named =>
        named.ScheduleId == report.ScheduleId && named.Since < report.MadeAt
        && ((named.Kind == RecipientKind.Person && named.RecipientId == reader) || (named.Kind == RecipientKind.Role && db.UserRoles.Any(held => held.UserId == reader && held.RoleId == named.RecipientId)))));

    public static IQueryable<KeptReport> Unread(PortalDbContext db, Guid reader) => Of(db, reader).Where(report => !db.KeptReportReadings.Any(reading => reading.ReportId == report.Id && reading.ReaderId == reader));
}
