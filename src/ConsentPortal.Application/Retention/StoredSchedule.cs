using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention;

/// <summary>The schedule as the portal's settings keep it: months by class.</summary>
internal static class StoredSchedule
{
    public static async Task<RetentionSchedule> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.Retention).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
            return RetentionSchedule.Usual;
        var months = JsonSerializer.Deserialize<Dictionary<string, int>>(json)!;
        return new RetentionSchedule(Enum.GetValues<RecordClass>().Where(c => months.ContainsKey(c.ToString())).ToDictionary(c => c, c => months[c.ToString()]));
    }

    public static async Task WriteAsync(PortalDbContext db, RetentionSchedule schedule, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(schedule.Chosen.OrderBy(c => c.Key).ToDictionary(c => c.Key.ToString(), c => c.Value));
        if (await db.PortalSettings.FindAsync([PortalSetting.Retention], cancellationToken) is { } setting)
            setting.Json = json;
        else
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Retention, Json = json });
    }
}
