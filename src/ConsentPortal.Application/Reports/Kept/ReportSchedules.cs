using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

/// <param name="Purpose">Null for none or all.</param>
/// <param name="Recipients">For whom it is made; null for nobody in particular.</param>
public sealed record NewReportSchedule(string Name, string Kind, PurposeId? Purpose, ReportFormats Formats, ReportTimes Times, IReadOnlyList<Recipient>? Recipients = null);

/// <param name="Purpose">The purpose's name; null for none or all.</param>
/// <param name="NextAt">Null once it was ended.</param>
/// <param name="LastProblem">Why the last turn made nothing; null when it did.</param>
public sealed record ReportScheduleRow(
    Guid Id, string Name, string Report, string? Purpose, ReportFormats Formats, ReportTimes Times, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? LastAt, string? LastProblem,
    DateTimeOffset? EndedAt, string? EndedBy, string Kind, IReadOnlyList<RecipientRow> Recipients);

/// <summary>Reports that are made and kept by themselves.</summary>
public sealed class ReportSchedules
{
    private const int LongestName = 100;
    private const int Shown = 200;

    private readonly PortalDatabase _database;
    private readonly ReportGallery _gallery;
    private readonly TimeProvider _clock;

    internal ReportSchedules(PortalDatabase database, ReportGallery gallery, TimeProvider clock) => (_database, _gallery, _clock) = (database, gallery, clock);

    /// <summary>The zone of the organisation, by which its days begin; UTC where none is set.</summary>
    public async Task<string> ZoneAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = _database.Open();
        return await ReportTrail.ZoneAsync(db, cancellationToken);
    }

    /// <returns>Those in force first, each group by name.</returns>
    public async Task<IReadOnlyList<ReportScheduleRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        var kinds = _gallery.List(actor).Select(d => d.Kind).ToHashSet();
        await using var db = _database.Open();
        var rows = await db.ReportSchedules.AsNoTracking().OrderBy(s => s.EndedAt != null).ThenBy(s => s.Name).Take(Shown).ToListAsync(cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var recipients = await ReportRecipients.ReadAsync(db, rows.ConvertAll(s => s.Id), cancellationToken);
        return
        [
            .. rows.Where(s => kinds.Contains(s.Kind)).Select(s => new ReportScheduleRow(
                s.Id, s.Name, _gallery.NameOf(s.Kind), s.PurposeId is { } purpose ? purposes.GetValueOrDefault(purpose) : null, s.Formats, s.Times, s.CreatedBy, s.CreatedAt, s.NextAt, s.LastAt, s.LastProblem, s.EndedAt, s.EndedBy,
                s.Kind, [.. recipients[s.Id]])),
        ];
    }

    public async Task<Result<Guid>> AddAsync(Actor actor, NewReportSchedule wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (Refusal(actor, wish) is { } refused)
            return refused;
        var now = _clock.GetUtcNow();
        var schedule = new ReportSchedule
        {
            Id = Guid.CreateVersion7(now), Name = wish.Name.Trim(), Kind = wish.Kind, PurposeId = wish.Purpose, Formats = wish.Formats & ReportFormats.All, Rhythm = wish.Times.Rhythm, Hour = wish.Times.Hour,
            Zone = wish.Times.Zone, CreatedAt = now, CreatedById = actor.Id, CreatedBy = actor.Name, NextAt = wish.Times.NextAfter(now),
        };
        var recipients = wish.Recipients ?? [];
        return await _database.WriteAsync<Result<Guid>>(
            async db =>
            {
                if (await ReportRecipients.RefusalAsync(db, _gallery.Find(actor, wish.Kind).Value.Description, recipients, cancellationToken) is { } mayNot)
                    return mayNot;
                db.ReportSchedules.Add(schedule);
                ReportRecipients.Add(db, schedule.Id, recipients, now);
                db.Audit(actor, now, new AuditFact("report.scheduled", "reportSchedule", schedule.Id.ToString(), After: new Dictionary<string, object?>
                {
                    ["name"] = schedule.Name, ["kind"] = schedule.Kind, ["purpose"] = schedule.PurposeId?.ToString(), ["formats"] = schedule.Formats.ToString(), ["rhythm"] = schedule.Rhythm, ["hour"] = schedule.Hour, ["zone"] = schedule.Zone,
                    ["recipients"] = ReportRecipients.Words(recipients),
                }));
                return schedule.Id;
            },
            cancellationToken);
    }

    /// <summary>Ends a schedule; what it made stays.</summary>
    public async Task<Result<Done>> EndAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        var now = _clock.GetUtcNow();
        return await _database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.ReportSchedules.FindAsync([id], cancellationToken) is not { EndedAt: null } schedule || !_gallery.IsFor(actor, schedule.Kind))
                    return new NoSuchSchedule();
                var before = new Dictionary<string, object?> { ["name"] = schedule.Name, ["nextAt"] = schedule.NextAt, ["endedAt"] = null };
                (schedule.EndedAt, schedule.EndedBy, schedule.NextAt) = (now, actor.Name, null);
                db.Audit(actor, now, new AuditFact("report.scheduleEnded", "reportSchedule", id.ToString(),
                    Before: before, After: new Dictionary<string, object?> { ["name"] = schedule.Name, ["nextAt"] = null, ["endedAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }

    private Failure? Refusal(Actor actor, NewReportSchedule wish)
    {
        if (wish.Name.Trim().Length is 0 or > LongestName)
            return new ScheduleNeedsName();
        if (!_gallery.Find(actor, wish.Kind).TryGet(out var report, out var missing))
            return missing;
        if (!report.Description.IsKeepable || report.Description.Has(ReportNeeds.Campaign))
            return new NotSchedulable();
        if ((wish.Formats & ReportFormats.All) == 0)
            return new FormatNeeded();
        return wish.Times.Check().Failure ?? new ReportFilter(Purpose: wish.Purpose, Zone: wish.Times.Zone).Check(report.Description).Failure;
    }
}

public sealed record ScheduleNeedsName() : Failure("Give the schedule a name of at most 100 characters. Nothing was saved.");

public sealed record NotSchedulable() : Failure("A report about one person or one campaign is made once, when it is needed. Nothing was saved; choose another report.");

public sealed record NoSuchSchedule() : Failure("This schedule was ended already, or never existed. Nothing was changed.");
