using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Differences;

internal static class DifferenceEndpoints
{
    public static void MapProviderDifferences(this WebApplication app) =>
        app.MapGet(Paths.ProviderDifferencesExport, ExportAsync).RequireAuthorization(Permissions.ViewSubscribers, Permissions.ExportReports);

    /// <summary>The differences as filtered, numbers masked.</summary>
    private static async Task<IResult> ExportAsync(HttpContext request, ExportProviderDifferences export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var query = DifferenceFilters.From(request.Request.GetEncodedUrl()).Query;
        return Results.Stream(to => export.ExecuteAsync(actor, query, to, cancellationToken), "text/csv; charset=utf-8", "provider-differences.csv");
    }
}
