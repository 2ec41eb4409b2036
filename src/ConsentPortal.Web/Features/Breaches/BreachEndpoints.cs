using ConsentPortal.Application.Breaches;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Features.Reports;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>The register and its letters as files.</summary>
internal static class BreachEndpoints
{
    public static void MapBreaches(this WebApplication app)
    {
        app.MapGet(Paths.BreachExport, ExportAsync).RequireAuthorization(Permissions.ViewBreaches, Permissions.ExportReports);
        app.MapGet(Paths.Breaches + "/{id:guid}/notification.pdf", LetterAsync).RequireAuthorization(Permissions.ViewBreaches, Permissions.ExportReports);
    }

    private static async Task<IResult> ExportAsync(HttpContext request, ExportBreaches export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return Results.Stream(to => export.ExecuteAsync(actor, to, cancellationToken), "text/csv; charset=utf-8", "breach-register.csv");
    }

    private static async Task<IResult> LetterAsync(Guid id, HttpContext request, MakeBreachNotification letter, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return ReportEndpoints.Download(request, await letter.ExecuteAsync(actor, id, cancellationToken));
    }
}
