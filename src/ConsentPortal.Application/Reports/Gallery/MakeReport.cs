using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports.Gallery;

/// <param name="Kind">As <see cref="ReportDescription.Kind"/> names it.</param>
/// <param name="Paper">Of a PDF; null for the organisation's.</param>
public sealed record ReportWish(string Kind, ReportFilter Filter, ReportPaper? Paper = null);

/// <summary>A finished file, on disk until it is disposed.</summary>
public sealed record MadeReportFile(Stream Content, string FileName, string ContentType, string Sha256, string Code) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>What a report says, without a file.</summary>
/// <param name="Blocks">Figures, tables and charts.</param>
/// <param name="Sample">The first rows.</param>
public sealed record ReportPreview(string Name, string Scope, IReadOnlyList<ReportBlock> Blocks, ReportBlock.Table Sample, long Rows);

/// <summary>Makes a report of the gallery anew and notes in the audit trail, before anybody gets it, which file it was or what was shown.</summary>
public sealed class MakeReport
{
    public const string Viewed = "report.viewed";

    private readonly PortalDatabase _database;
    private readonly ReportGallery _gallery;
    private readonly ReportMaker _maker;

    internal MakeReport(PortalDatabase database, ReportGallery gallery, ReportMaker maker) => (_database, _gallery, _maker) = (database, gallery, maker);

    /// <param name="format">One.</param>
    public async Task<Result<MadeReportFile>> ExecuteAsync(Actor actor, ReportWish wish, ReportFormats format, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (!_gallery.Find(actor, wish.Kind).TryGet(out var report, out var missing))
            return missing;
        if (!(await _maker.DrawAsync(actor, report, wish, format, cancellationToken)).TryGet(out var drawn, out var failure))
            return failure;
        var file = drawn.Files[0];
        await _database.WriteAsync(
            db =>
            {
                ReportTrail.Note(db, actor, drawn.Kind, file.Head, file.Sha256, file.Content.Length, wish.Filter.Person, About(drawn, file));
                NoteLook(db, actor, drawn, report, wish);
                return Task.CompletedTask;
            },
            cancellationToken);
        return new MadeReportFile(file.Content, file.FileName, file.Format.ContentType(), file.Sha256, file.Head.Code!);
    }

    /// <summary>The same on screen, with an entry in the trail for each time that it is shown.</summary>
    public async Task<Result<ReportPreview>> PreviewAsync(Actor actor, ReportWish wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        if (!_gallery.Find(actor, wish.Kind).TryGet(out var report, out var missing))
            return missing;
        if (!(await _maker.DrawAsync(actor, report, wish, ReportFormats.None, cancellationToken)).TryGet(out var drawn, out var failure))
            return failure;
        await _database.WriteAsync(
            db =>
            {
                db.Audit(actor, drawn.Head.MadeAt, new AuditFact(Viewed, "reportKind", drawn.Kind, wish.Filter.Person, After: new Dictionary<string, object?>
                {
                    ["filter"] = drawn.Head.Scope, ["rows"] = drawn.Rows, ["policies"] = drawn.Head.Policies,
                }));
                NoteLook(db, actor, drawn, report, wish);
                return Task.CompletedTask;
            },
            cancellationToken);
        return new ReportPreview(report.Description.Name, drawn.Head.Scope!, drawn.Blocks, drawn.Sample, drawn.Rows);
    }

    /// <summary>A report about one person is a look at them like any other.</summary>
    private static void NoteLook(PortalDbContext db, Actor actor, DrawnReport drawn, GalleryReport report, ReportWish wish)
    {
        if (wish.Filter.Person is { } person && report.Description.Has(ReportNeeds.Person))
            db.Audit(actor, drawn.Head.MadeAt, new AuditFact(OpenSubscriber.Viewed, "subscriber", person.ToString(), person, $"In the report \"{report.Description.Name}\""));
    }

    internal static Dictionary<string, object?> About(DrawnReport drawn, DrawnFile file) => new()
    {
        ["format"] = file.Format.Extension(), ["filter"] = drawn.Head.Scope, ["rows"] = drawn.Rows, ["policies"] = drawn.Head.Policies, ["paper"] = file.Format == ReportFormats.Pdf ? drawn.Head.Paper.Name() : null,
    };
}
