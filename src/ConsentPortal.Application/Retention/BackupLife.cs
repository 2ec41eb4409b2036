using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention;

/// <summary>
/// For how many days the organisation keeps copies of the database. The portal makes none and can't look into them; with the
/// number it can tell an erased person when the last copy that holds their data is overwritten.
/// </summary>
public sealed class BackupLife(PortalDatabase database, TimeProvider clock)
{
    public const int Longest = 3_650;

    /// <param name="days">Null where nobody can say.</param>
    public async Task<Result<Done>> ChangeAsync(Actor actor, int? days, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        if (days is < 1 or > Longest)
            return new BackupDaysImpossible();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var before = await DaysAsync(db, cancellationToken);
                await db.PortalSettings.Where(s => s.Name == PortalSetting.BackupDays).ExecuteDeleteAsync(cancellationToken);
                if (days is { } told)
                    db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.BackupDays, Json = told.ToString(CultureInfo.InvariantCulture) });
                db.Audit(actor, now, new AuditFact("retention.backupsChanged", "setting", PortalSetting.BackupDays, Reason: reason.Trim(),
                    Before: new Dictionary<string, object?> { ["days"] = before }, After: new Dictionary<string, object?> { ["days"] = days }));
                return Done.Value;
            },
            cancellationToken);
    }

    /// <returns>Null while nobody has said.</returns>
    internal static async Task<int?> DaysAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.BackupDays).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : int.Parse(json, CultureInfo.InvariantCulture);
    }
}

public sealed record BackupDaysImpossible()
    : Failure("Copies of the database live for 1 to 3,650 days. Nothing was changed; leave the field empty if nobody can say.");
