using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>The turn of a schedule for which a report is kept.</summary>
internal sealed record ScheduledTurn(Guid ScheduleId, DateTimeOffset For);

/// <summary>Makes a report and keeps its files as they are, with their hashes in the audit trail.</summary>
public sealed class KeepReport
{
    private const int PartSize = 1 << 20;

    private readonly PortalDatabase _database;
    private readonly ReportGallery _gallery;
    private readonly ReportMaker _maker;

    internal KeepReport(PortalDatabase database, ReportGallery gallery, ReportMaker maker) => (_database, _gallery, _maker) = (database, gallery, maker);

    /// <param name="formats">One or several.</param>
    /// <returns>The id of the kept report.</returns>
    public async Task<Result<Guid>> ExecuteAsync(Actor actor, ReportWish wish, ReportFormats formats, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        return await KeepAsync(actor, wish, formats, null, cancellationToken);
    }

    internal async Task<Result<Guid>> KeepAsync(Actor actor, ReportWish wish, ReportFormats formats, ScheduledTurn? turn, CancellationToken cancellationToken)
    {
        if (!_gallery.Find(actor, wish.Kind).TryGet(out var report, out var missing))
            return missing;
        if (!report.Description.IsKeepable)
            return new NotKeepable();
        if ((formats & ReportFormats.All) == 0)
            return new FormatNeeded();
        if (!(await _maker.DrawAsync(actor, report, wish, formats & ReportFormats.All, cancellationToken)).TryGet(out var drawn, out var failure))
            return failure;
        await using var files = drawn;
        return await StoreAsync(actor, wish, drawn, turn, cancellationToken);
    }

    private async Task<Result<Guid>> StoreAsync(Actor actor, ReportWish wish, DrawnReport drawn, ScheduledTurn? turn, CancellationToken cancellationToken)
    {
        var kept = Row(actor, wish, drawn, turn);
        await _database.WriteAsJobAsync(
            async db =>
            {
                // A turn that broke off half way begins anew.
                if (turn is not null)
                    await db.KeptReports.Where(r => r.ScheduleId == turn.ScheduleId && r.ScheduledFor == turn.For && !r.IsComplete).ExecuteDeleteAsync(cancellationToken);
                db.KeptReports.Add(kept);
            },
            cancellationToken);
        foreach (var file in drawn.Files)
            await StoreAsync(kept.Id, file, cancellationToken);
        await _database.WriteAsync(
            async db =>
            {
                await db.KeptReports.Where(r => r.Id == kept.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.IsComplete, true), cancellationToken);
                foreach (var file in drawn.Files)
                    ReportTrail.Note(db, actor, drawn.Kind, file.Head, file.Sha256, file.Content.Length, null, new Dictionary<string, object?>(MakeReport.About(drawn, file)) { ["kept"] = kept.Id.ToString() });
            },
            cancellationToken);
        return kept.Id;
    }

    private static KeptReport Row(Actor actor, ReportWish wish, DrawnReport drawn, ScheduledTurn? turn) => new()
    {
        Id = Guid.CreateVersion7(drawn.Head.MadeAt), Kind = drawn.Kind, Scope = drawn.Head.Scope ?? "", PurposeId = wish.Filter.Purpose, MadeAt = drawn.Head.MadeAt, MadeById = actor.Id, MadeBy = actor.Name,
        Policies = drawn.Head.Policies ?? "", LogSize = drawn.Head.Log?.Size, LogRoot = drawn.Head.Log?.Root, Rows = drawn.Rows, ScheduleId = turn?.ScheduleId, ScheduledFor = turn?.For,
    };

    /// <summary>A transaction for each piece: nobody who wants to write waits for a whole file.</summary>
    private async Task StoreAsync(Guid report, DrawnFile file, CancellationToken cancellationToken)
    {
        file.Content.Position = 0;
        var number = 0;
        await foreach (var bytes in ReportParts.CutAsync(file.Content, PartSize, isText: file.Format != ReportFormats.Pdf, cancellationToken))
        {
            var part = new KeptReportPart { ReportId = report, Format = file.Format, Number = number++, Bytes = bytes };
            await _database.WriteAsJobAsync(db => Task.FromResult(db.KeptReportParts.Add(part)), cancellationToken);
        }

        var row = new KeptReportFile { ReportId = report, Format = file.Format, FileName = file.FileName, Code = file.Head.Code!, Size = file.Content.Length, Sha256 = file.Sha256 };
        await _database.WriteAsJobAsync(db => Task.FromResult(db.KeptReportFiles.Add(row)), cancellationToken);
    }
}

public sealed record NotKeepable()
    : Failure("A certificate about one person is made anew each time and not kept, so that nothing of it outlives an erasure. Nothing was kept; download it instead.");

public sealed record FormatNeeded() : Failure("Choose at least one of PDF, CSV and JSON. Nothing was kept.");
