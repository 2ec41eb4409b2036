using System.Globalization;
using System.IO.Compression;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this WebApplication app) =>
        app.MapGet(Paths.AuditExport, ExportAsync).RequireAuthorization(Permissions.ExportAudit);

    /// <summary>The bundle that verifies without the portal, as one file.</summary>
    private static async Task<IResult> ExportAsync(HttpContext request, AuditLog log, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("audit-export");
        try
        {
            var bundle = Path.Combine(folder.FullName, "audit");
            if (!(await log.ExportAsync(actor, bundle, cancellationToken)).TryGet(out var checkpoint, out var failure))
                return Results.Problem(failure.Message, statusCode: StatusCodes.Status409Conflict);
            // Lives as long as the answer: the file is gone once the last byte has left.
            var zip = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
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
