using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

public sealed record Recipient(RecipientKind Kind, Guid Id);

/// <param name="Name">Of the person, or of the role.</param>
public sealed record RecipientRow(Recipient Recipient, string Name);

/// <summary>For whom scheduled reports are made. Each finds them on the dashboard until they have read them.</summary>
public sealed class ReportRecipients
{
    private const int Most = 50;
    private const int Shown = 200;

    private readonly PortalDatabase _database;
    private readonly ReportGallery _gallery;
    private readonly TimeProvider _clock;

    internal ReportRecipients(PortalDatabase database, ReportGallery gallery, TimeProvider clock) => (_database, _gallery, _clock) = (database, gallery, clock);

    /// <summary>The roles and the people who may read a report of a kind, roles first, each by name.</summary>
    public async Task<IReadOnlyList<RecipientRow>> CandidatesAsync(Actor actor, string kind, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (!_gallery.Find(actor, kind).TryGet(out var report, out _))
            return [];
        await using var db = _database.Open();
        var roles = await Roles(db, report.Description).OrderBy(r => r.Name).Take(Shown).Select(r => new { r.Id, r.Name }).ToListAsync(cancellationToken);
        var people = await People(db, report.Description).OrderBy(s => s.DisplayName).Take(Shown).Select(s => new { s.Id, s.DisplayName }).ToListAsync(cancellationToken);
        return
        [
            .. roles.Select(r => new RecipientRow(new Recipient(RecipientKind.Role, r.Id), r.Name!)), .. people.Select(s => new RecipientRow(new Recipient(RecipientKind.Person, s.Id), s.DisplayName)),
        ];
    }

    /// <summary>From now on the reports of a schedule are made for these; whoever was named before keeps those that are there already.</summary>
    public async Task<Result<Done>> ChangeAsync(Actor actor, Guid schedule, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        var now = _clock.GetUtcNow();
        return await _database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.ReportSchedules.FindAsync([schedule], cancellationToken) is not { EndedAt: null } row || !_gallery.IsFor(actor, row.Kind))
                    return new NoSuchSchedule();
                if (await RefusalAsync(db, _gallery.Find(actor, row.Kind).Value.Description, recipients, cancellationToken) is { } refused)
                    return refused;
                var before = await db.ReportRecipients.Where(r => r.ScheduleId == schedule).ToListAsync(cancellationToken);
                db.ReportRecipients.RemoveRange(before.Where(r => !recipients.Contains(new Recipient(r.Kind, r.RecipientId))));
                Add(db, schedule, recipients.Except(before.Select(r => new Recipient(r.Kind, r.RecipientId))), now);
                db.Audit(actor, now, new AuditFact(
                    "report.recipientsChanged", "reportSchedule", schedule.ToString(),
                    Before: new Dictionary<string, object?> { ["recipients"] = Words(before.Select(r => new Recipient(r.Kind, r.RecipientId))) }, After: new Dictionary<string, object?> { ["recipients"] = Words(recipients) }));
                return Done.Value;
            },
            cancellationToken);
    }

    internal static void Add(PortalDbContext db, Guid schedule, IEnumerable<Recipient> recipients, DateTimeOffset now) =>
        db.ReportRecipients.AddRange(recipients.Distinct().Select(r => new ReportRecipient { ScheduleId = schedule, Kind = r.Kind, RecipientId = r.Id, Since = now }));

    /// <summary>Ids and no names, as the trail keeps them.</summary>
    internal static string Words(IEnumerable<Recipient> recipients) =>
        string.Join(", ", recipients.OrderBy(r => r.Kind).ThenBy(r => r.Id).Select(r => $"{(r.Kind == RecipientKind.Role ? "role" : "staff")} {r.Id}"));

    /// <returns>Null where each of them may read the report.</returns>
    internal static async Task<Failure?> RefusalAsync(PortalDbContext db, ReportDescription report, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var wished = recipients.Distinct().ToList();
        if (wished.Count > Most)
            return new TooManyRecipients();
        var (people, roles) = (Ids(RecipientKind.Person), Ids(RecipientKind.Role));
        var allowed = await People(db, report).CountAsync(s => people.Contains(s.Id), cancellationToken) + await Roles(db, report).CountAsync(r => roles.Contains(r.Id), cancellationToken);
        return allowed == wished.Count ? null : new RecipientMayNotRead();

        List<Guid> Ids(RecipientKind kind) => [.. wished.Where(r => r.Kind == kind).Select(r => r.Id)];
    }

    /// <summary>By schedule, roles first; who is gone is left out.</summary>
    internal static async Task<ILookup<Guid, RecipientRow>> ReadAsync(PortalDbContext db, IReadOnlyList<Guid> schedules, CancellationToken cancellationToken)
    {
        var rows = await db.ReportRecipients.AsNoTracking().Where(r => schedules.Contains(r.ScheduleId)).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.RecipientId).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, Name = s.DisplayName }).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        foreach (var role in await db.Roles.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Name }).ToListAsync(cancellationToken))
            names[role.Id] = role.Name!;
        return rows.Where(r => names.ContainsKey(r.RecipientId)).OrderByDescending(r => r.Kind).ThenBy(r => names[r.RecipientId], StringComparer.Ordinal)
            .ToLookup(r => r.ScheduleId, r => new RecipientRow(new Recipient(r.Kind, r.RecipientId), names[r.RecipientId]));
    }

    private static IQueryable<StaffRole> Roles(PortalDbContext db, ReportDescription report)
    {
        var permission = report.Permission;
        return db.Roles.AsNoTracking().Where(r =>
            db.RoleClaims.Any(c => c.RoleId == r.Id && c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue == Permissions.ViewReports)
            && db.RoleClaims.Any(c => c.RoleId == r.Id && c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue == permission));
    }

    private static IQueryable<StaffMember> People(PortalDbContext db, ReportDescription report)
    {
        var permission = report.Permission;
        var claims = from held in db.UserRoles.AsNoTracking() join claim in db.RoleClaims.AsNoTracking() on held.RoleId equals claim.RoleId where claim.ClaimType == StaffRole.PermissionClaim select new { held.UserId, claim.ClaimValue };
        return db.Users.AsNoTracking().Where(s => s.SuspendedAt == null && claims.Any(c => c.UserId == s.Id && c.ClaimValue == Permissions.ViewReports) && claims.Any(c => c.UserId == s.Id && c.ClaimValue == permission));
    }
}

public sealed record RecipientMayNotRead()
    : Failure("Somebody among the recipients may not read this report, was suspended or is gone. Nothing was saved; choose people and roles from the list.");

public sealed record TooManyRecipients() : Failure("A report has at most 50 recipients. Nothing was saved; name a role instead of its people.");
