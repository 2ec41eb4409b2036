using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Settings;

internal static class PriceEndpoints
{
    public static void MapPrices(this WebApplication app) => app.MapGet(Paths.PricesExport, ExportAsync).RequireAuthorization(Permissions.ManageSettings);

    private static async Task<IResult> ExportAsync(HttpContext request, ExportListPrices export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        // What a contract costs does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => export.ExecuteAsync(actor, to, cancellationToken), "text/csv; charset=utf-8", "list-prices.csv");
    }
}
