using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

/// <param name="Schedule">Its name; null where a person made it.</param>
/// <param name="IsUnread">Whether the reader has yet to read it; null where it was not made for them.</param>
public sealed record KeptReportRow(
    Guid Id, string Kind, string Name, string Scope, DateTimeOffset MadeAt, string MadeBy, string Policies, long? LogSize, string? LogRoot, long Rows, string? Schedule, IReadOnlyList<KeptFileRow> Files, bool? IsUnread);

public sealed record KeptFileRow(ReportFormats Format, string FileName, long Size, string Sha256, string Code);

/// <param name="Next">Pass as <c>before</c> for older ones; null at the end.</param>
public sealed record KeptReportPage(IReadOnlyList<KeptReportRow> Rows, DateTimeOffset? Next);

/// <param name="IsSame">The bytes have the hash that was kept with them and that the audit trail holds.</param>
public sealed record KeptFileCheck(ReportFormats Format, string Expected, string Found, bool IsInTrail)
{
    public bool IsSame => Expected == Found && IsInTrail;
}

/// <summary>The reports that are kept, as far as somebody may read what they tell.</summary>
public sealed class KeptReports
{
    public const string Taken = "report.taken";
    public const string Removed = "report.removed";
    public const string Read = "report.read";

    private const int PageSize = 50;

    private readonly PortalDatabase _database;
    private readonly ReportGallery _gallery;
    private readonly TimeProvider _clock;

    internal KeptReports(PortalDatabase database, ReportGallery gallery, TimeProvider clock) => (_database, _gallery, _clock) = (database, gallery, clock);

    /// <param name="kind">Null for all.</param>
    /// <param name="before">Only reports from before this instant; null for the newest.</param>
    public async Task<KeptReportPage> PageAsync(Actor actor, string? kind, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = _database.Open();
        return await PageAsync(actor, db, db.KeptReports.AsNoTracking().Where(r => r.IsComplete && (kind == null || r.Kind == kind)), before, cancellationToken);
    }

    /// <summary>Those that schedules made for this very person.</summary>
    /// <inheritdoc cref="PageAsync(Actor, string?, DateTimeOffset?, CancellationToken)"/>
    public async Task<KeptReportPage> ForReaderAsync(Actor actor, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = _database.Open();
        return ReaderOf(actor) is { } reader ? await PageAsync(actor, db, ReportsForReader.Of(db, reader), before, cancellationToken) : new KeptReportPage([], null);
    }

    /// <summary>How many reports were made for this person that they have not read, and since when the oldest of them waits.</summary>
    public async Task<(int Count, DateTimeOffset? Since)> UnreadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        if (ReaderOf(actor) is not { } reader)
            return (0, null);
        var kinds = KindsOf(actor);
        await using var db = _database.Open();
        var made = await ReportsForReader.Unread(db, reader).Where(r => EF.Parameter(kinds).Contains(r.Kind)).Select(r => r.MadeAt).ToListAsync(cancellationToken);
        return (made.Count, made.Count == 0 ? null : made.Min());
    }

    /// <summary>Notes that the person has read a report that was made for them; once is enough.</summary>
    public async Task<Result<Done>> MarkReadAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        return await _database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await FindAsync(db, actor, id, cancellationToken) is null)
                    return new NoSuchKeptReport();
                await MarkReadAsync(db, actor, id, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>Hands a file out, piece by piece; who takes it is in the trail before its first byte.</summary>
    public async Task<Result<KeptDownload>> OpenAsync(Actor actor, Guid id, ReportFormats format, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        return await _database.WriteAsync<Result<KeptDownload>>(
            async db =>
            {
                if (await FindAsync(db, actor, id, cancellationToken) is not { } report || await db.KeptReportFiles.FindAsync([id, format], cancellationToken) is not { } file)
                    return new NoSuchKeptReport();
                await MarkReadAsync(db, actor, id, cancellationToken);
                db.Audit(actor, _clock.GetUtcNow(), new AuditFact(Taken, "report", file.Code, After: new Dictionary<string, object?> { ["kind"] = report.Kind, ["sha256"] = file.Sha256, ["kept"] = id.ToString() }));
                return new KeptDownload(file.FileName, file.Format.ContentType(), to => WriteAsync(id, format, to, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Hashes every file of a report anew and compares with what was kept and with the audit trail.</summary>
    public async Task<Result<KeptFileCheck[]>> CheckAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = _database.Open();
        if (await FindAsync(db, actor, id, cancellationToken) is null)
            return new NoSuchKeptReport();
        var checks = new List<KeptFileCheck>();
        foreach (var file in await db.KeptReportFiles.AsNoTracking().Where(f => f.ReportId == id).OrderBy(f => f.Format).ToListAsync(cancellationToken))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await foreach (var part in ReportParts.ReadAsync(db, id, file.Format, cancellationToken))
                hash.AppendData(part);
            checks.Add(new KeptFileCheck(file.Format, file.Sha256, Convert.ToHexStringLower(hash.GetCurrentHash()), await IsInTrailAsync(db, file, cancellationToken)));
        }

        return checks.ToArray();
    }

    /// <summary>Removes a report before its time.</summary>
    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        return await _database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await FindAsync(db, actor, id, cancellationToken) is not { } report)
                    return new NoSuchKeptReport();
                var now = _clock.GetUtcNow();
                if (report.PurposeId is { } purpose && await HeldRecords.InForce(db, now).AnyAsync(h => h.PurposeId == purpose, cancellationToken))
                    return new ReportIsHeld();
                await db.KeptReports.Where(r => r.Id == id).ExecuteDeleteAsync(cancellationToken);
                db.Audit(actor, now, new AuditFact(Removed, "report", id.ToString(), Reason: reason.Trim(), Before: new Dictionary<string, object?> { ["kind"] = report.Kind, ["madeAt"] = report.MadeAt }));
                return Done.Value;
            },
            cancellationToken);
    }

    private static Guid? ReaderOf(Actor actor) => actor.Kind == ActorKind.Staff && Guid.TryParse(actor.Id, out var id) ? id : null;

    private string[] KindsOf(Actor actor) => [.. _gallery.List(actor).Select(d => d.Kind)];

    private async Task<KeptReportPage> PageAsync(Actor actor, PortalDbContext db, IQueryable<KeptReport> wanted, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var kinds = KindsOf(actor);
        var reports = await wanted.Where(r => EF.Parameter(kinds).Contains(r.Kind) && (before == null || r.MadeAt < before)).OrderByDescending(r => r.MadeAt).Take(PageSize + 1).ToListAsync(cancellationToken);
        var page = reports.Take(PageSize).ToList();
        var ids = page.ConvertAll(r => r.Id);
        var files = (await db.KeptReportFiles.AsNoTracking().Where(f => ids.Contains(f.ReportId)).OrderBy(f => f.Format).ToListAsync(cancellationToken)).ToLookup(f => f.ReportId);
        var schedules = page.Select(r => r.ScheduleId).OfType<Guid>().Distinct().ToList();
        var names = await db.ReportSchedules.AsNoTracking().Where(s => schedules.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        var mine = await ReadingsAsync(db, actor, ids, cancellationToken);
        return new KeptReportPage(
            [.. page.Select(r => Row(r, files[r.Id], r.ScheduleId is { } schedule ? names.GetValueOrDefault(schedule) : null, mine.TryGetValue(r.Id, out var isUnread) ? isUnread : null))],
            reports.Count > PageSize ? page[^1].MadeAt : null);
    }

    /// <summary>Of those that were made for the person, whether they are unread.</summary>
    private static async Task<Dictionary<Guid, bool>> ReadingsAsync(PortalDbContext db, Actor actor, List<Guid> ids, CancellationToken cancellationToken)
    {
        if (ReaderOf(actor) is not { } reader)
            return [];
        return await ReportsForReader.Of(db, reader).Where(r => ids.Contains(r.Id))
            .Select(r => new { r.Id, IsUnread = !db.KeptReportReadings.Any(x => x.ReportId == r.Id && x.ReaderId == reader) }).ToDictionaryAsync(r => r.Id, r => r.IsUnread, cancellationToken);
    }

    private async Task MarkReadAsync(PortalDbContext db, Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (ReaderOf(actor) is not { } reader || !await ReportsForReader.Unread(db, reader).AnyAsync(r => r.Id == id, cancellationToken))
            return;
        var now = _clock.GetUtcNow();
        db.KeptReportReadings.Add(new KeptReportReading { ReportId = id, ReaderId = reader, At = now });
        db.Audit(actor, now, new AuditFact(Read, "report", id.ToString()));
    }

    private async Task<KeptReport?> FindAsync(PortalDbContext db, Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var report = await db.KeptReports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.IsComplete, cancellationToken);
        // Whoever may not see what a report tells does not learn that it is kept.
        return report is not null && _gallery.IsFor(actor, report.Kind) ? report : null;
    }

    private static async Task<bool> IsInTrailAsync(PortalDbContext db, KeptReportFile file, CancellationToken cancellationToken)
    {
        var leaf = await db.AuditEntries.AsNoTracking().Where(e => e.ObjectKind == "report" && e.ObjectId == file.Code && e.Action == ReportTrail.Made).Select(e => e.Leaf).FirstOrDefaultAsync(cancellationToken);
        if (leaf is null)
            return false;
        using var entry = JsonDocument.Parse(leaf);
        return entry.RootElement.GetProperty("after").GetProperty("sha256").GetString() == file.Sha256;
    }

    private async Task WriteAsync(Guid id, ReportFormats format, Stream to, CancellationToken cancellationToken)
    {
        await using var db = _database.Open();
        await foreach (var part in ReportParts.ReadAsync(db, id, format, cancellationToken))
            await to.WriteAsync(part, cancellationToken);
    }

    private KeptReportRow Row(KeptReport report, IEnumerable<KeptReportFile> files, string? schedule, bool? isUnread) => new(
        report.Id, report.Kind, _gallery.NameOf(report.Kind), report.Scope, report.MadeAt, report.MadeBy, report.Policies, report.LogSize, report.LogRoot, report.Rows, schedule,
        [.. files.Select(f => new KeptFileRow(f.Format, f.FileName, f.Size, f.Sha256, f.Code))], isUnread);
}

/// <param name="WriteTo">Called once.</param>
public sealed record KeptDownload(string FileName, string ContentType, Func<Stream, Task> WriteTo);

public sealed record ReportIsHeld()
    : Failure("A legal hold keeps what there is about this report's purpose as evidence (GDPR art. 17(3)(e)). Nothing was removed; lift the hold on the retention page when it is no longer needed.");

public sealed record NoSuchKeptReport() : Failure("This report is not kept any more, or not in this format. Make it anew from the gallery.");
