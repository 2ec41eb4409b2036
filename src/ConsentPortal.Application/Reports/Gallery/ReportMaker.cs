using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>Makes the files of a report beside the database, from one reading of its rows; who keeps them notes them in the trail.</summary>
internal sealed class ReportMaker(PortalDatabase database, TimeProvider clock)
{
    /// <param name="formats">Which files; none for what a screen shows.</param>
    internal async Task<Result<DrawnReport>> DrawAsync(Actor actor, GalleryReport report, ReportWish wish, ReportFormats formats, CancellationToken cancellationToken)
    {
        var filter = wish.Filter;
        if (filter.Check(report.Description).Failure is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        var (from, to) = filter.Instants(now);
        if (ReportFilter.CheckDays(report.Description, from, to).Failure is { } impossible)
            return impossible;
        await using var db = database.Open();
        await using var stream = database.Open();
        if (!(await report.ReadAsync(new ReportQuestion(actor, db, stream, filter, from, to, now), cancellationToken)).TryGet(out var content, out var failure))
            return failure;
        var head = await HeadAsync(db, actor, report.Description, content.Scope, from, to, now, cancellationToken) with { Paper = wish.Paper ?? await ReportTrail.PaperAsync(db, cancellationToken) };
        var drawing = new ReportDrawing(report.Description.Kind, actor, head, content);
        return await drawing.DrawAsync(formats, cancellationToken);
    }

    private static async Task<ReportHead> HeadAsync(
        PortalDbContext db, Actor actor, ReportDescription report, string scope, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organisation = await ReportTrail.OrganisationAsync(db, cancellationToken);
        var policies = await PoliciesAsync(db, report.Has(ReportNeeds.Days) ? from : to, to, cancellationToken);
        return new ReportHead(report.Name, report.Text, organisation, actor.Name, now, scope, await ReportTrail.LogAsync(db, cancellationToken), Policies: policies);
    }

    /// <summary>The versions that governed at any instant between two.</summary>
    private static async Task<string> PoliciesAsync(PortalDbContext db, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var begun = await db.Policies.AsNoTracking().Where(p => p.ActiveFrom != null && p.ActiveFrom <= to).OrderBy(p => p.ActiveFrom).ThenBy(p => p.Version)
            .Select(p => new { p.Version, From = p.ActiveFrom!.Value }).ToListAsync(cancellationToken);
        var governing = begun.Where((p, i) => i == begun.Count - 1 || begun[i + 1].From > from).Select(p => ReportWords.Count(p.Version)).ToList();
        // Until the first activation the built-in policy governs, which is version 1.
        if (begun.Count == 0 || begun[0].From > from && begun[0].Version != 1)
            governing.Insert(0, "1");
        return string.Join(", ", governing);
    }
}

/// <param name="Content">From its beginning.</param>
/// <param name="Head">With the code under which the trail knows this file.</param>
internal sealed record DrawnFile(ReportFormats Format, ReportHead Head, string FileName, string Sha256, Stream Content);

/// <summary>The files of a report before anybody keeps them; they are gone when this is disposed.</summary>
internal sealed record DrawnReport(string Kind, ReportHead Head, IReadOnlyList<DrawnFile> Files, long Rows, IReadOnlyList<ReportBlock> Blocks, ReportBlock.Table Sample) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var file in Files)
            await file.Content.DisposeAsync();
    }
}
