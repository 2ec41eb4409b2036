using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Suppressions;

internal static class SuppressionEndpoints
{
    public static void MapSuppressions(this WebApplication app) =>
        app.MapGet(Paths.SuppressionExport, ExportAsync).RequireAuthorization(Permissions.ViewSubscribers, Permissions.ExportReports);

    /// <summary>The list as filtered, hashes only.</summary>
    private static async Task<IResult> ExportAsync(HttpContext request, ExportSuppressions export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var query = SuppressionFilters.From(request.Request.GetEncodedUrl()).Query;
        return Results.Stream(to => export.ExecuteAsync(actor, query, to, cancellationToken), "text/csv; charset=utf-8", "do-not-text-list.csv");
    }
}
