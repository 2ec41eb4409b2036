using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Doubts;

internal static class DoubtEndpoints
{
    public static void MapDoubts(this WebApplication app) =>
        app.MapGet(Paths.TextsInDoubtExport, ExportAsync).RequireAuthorization(Permissions.ViewCampaigns, Permissions.ExportReports);

    /// <summary>The texts in doubt as filtered, numbers masked.</summary>
    private static async Task<IResult> ExportAsync(HttpContext request, ExportDoubts export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var query = DoubtFilters.From(request.Request.GetEncodedUrl()).Query;
        // Whom somebody texted does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => export.ExecuteAsync(actor, query, to, cancellationToken), "text/csv; charset=utf-8", "texts-in-doubt.csv");
    }
}
