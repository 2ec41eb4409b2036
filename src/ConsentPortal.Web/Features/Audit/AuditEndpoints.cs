using System.Globalization;
using System.IO.Compression;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Audit;

internal static class AuditEndpoints
{
    private const string Json = "application/json";

    public static void MapAudit(this WebApplication app)
    {
        app.MapGet(Paths.AuditExport, ExportAsync).RequireAuthorization(Permissions.ExportAudit);
        app.MapGet(Paths.AuditCsv, CsvAsync).RequireAuthorization(Permissions.ExportAudit);
        app.MapGet(Paths.AuditJsonLines, JsonLinesAsync).RequireAuthorization(Permissions.ExportAudit);
        app.MapGet(Paths.AuditPdf, PdfAsync).RequireAuthorization(Permissions.ExportAudit);
        app.MapGet(Paths.AuditConsistency, ConsistencyAsync).RequireAuthorization(Permissions.ViewAudit);
        app.MapGet(Paths.Audit + "/{id:long}/inclusion.json", InclusionAsync).RequireAuthorization(Permissions.ViewAudit);
    }

    private static async Task<IResult> CsvAsync(HttpContext request, ExportAuditEntries export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return Results.Stream(to => export.WriteCsvAsync(actor, Wish(request), to, cancellationToken), "text/csv; charset=utf-8", "audit-entries.csv");
    }

    private static async Task<IResult> JsonLinesAsync(HttpContext request, ExportAuditEntries export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return Results.Stream(to => export.WriteJsonLinesAsync(actor, Wish(request), to, cancellationToken), "application/jsonl; charset=utf-8", "audit-entries.jsonl");
    }

    /// <summary>One document, or a zip of its parts when the entries are many.</summary>
    private static async Task<IResult> PdfAsync(HttpContext request, ExportAuditEntries export, TimeProvider clock, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        await using var parts = export.WritePdfAsync(actor, Wish(request), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await parts.MoveNextAsync();
        var first = parts.Current;
        if (!await parts.MoveNextAsync())
            return Results.File(first.Bytes, "application/pdf", first.FileName);
        var file = TemporaryFile.Open("audit", clock.GetUtcNow());
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            var number = 1;
            await AddAsync(zip, first, number, cancellationToken);
            do
                await AddAsync(zip, parts.Current, ++number, cancellationToken);
            while (await parts.MoveNextAsync());
        }

        file.Position = 0;
        return Results.Stream(file, "application/zip", "audit-entries.zip");
    }

    private static async Task AddAsync(ZipArchive zip, ReportFile part, int number, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{number:D5}-{part.FileName}"), CompressionLevel.NoCompression).OpenAsync(cancellationToken);
        await entry.WriteAsync(part.Bytes, cancellationToken);
    }

    private static async Task<IResult> ConsistencyAsync(long size, HttpContext request, AuditProofs proofs, CancellationToken cancellationToken) =>
        Proof(await proofs.SinceAsync(await CurrentActor.OfRequestAsync(request, cancellationToken), size, cancellationToken), $"consistency-{size}.json");

    private static async Task<IResult> InclusionAsync(long id, HttpContext request, AuditProofs proofs, CancellationToken cancellationToken) =>
        Proof(await proofs.OfEntryAsync(await CurrentActor.OfRequestAsync(request, cancellationToken), id, cancellationToken), $"inclusion-{id}.json");

    private static IResult Proof(Result<AuditProof> made, string name) => made.TryGet(out var proof, out var failure)
        ? Results.File(proof.ToJson(), Json, name)
        : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);

    /// <summary>The filters of the page, in the zone of the reader's browser as the page gives it.</summary>
    private static AuditFileWish Wish(HttpContext request)
    {
        var address = request.Request.GetEncodedUrl();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(request.Request.Query["zone"].ToString(), out var named) ? named : TimeZoneInfo.Utc;
        var filters = AuditFilters.Read(address);
        return new AuditFileWish(filters.Query(zone), filters.AreNone ? "Every entry" : QueryString.Create(filters.Named).Value!.TrimStart('?').Replace("&", ", ", StringComparison.Ordinal));
    }

    /// <summary>The bundle that verifies without the portal, as one file.</summary>
    private static async Task<IResult> ExportAsync(HttpContext request, AuditLog log, TimeProvider clock, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("audit-export");
        try
        {
            var bundle = Path.Combine(folder.FullName, "audit");
            if (!(await log.ExportAsync(actor, bundle, cancellationToken)).TryGet(out var checkpoint, out var failure))
                return Results.Problem(failure.Message, statusCode: StatusCodes.Status409Conflict);
            var zip = TemporaryFile.Open("audit", clock.GetUtcNow());
            await ZipFile.CreateFromDirectoryAsync(bundle, zip, CompressionLevel.Optimal, includeBaseDirectory: false, cancellationToken);
            zip.Position = 0;
            return Results.Stream(zip, "application/zip", $"audit-{checkpoint.Size.ToString(CultureInfo.InvariantCulture)}.zip");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
