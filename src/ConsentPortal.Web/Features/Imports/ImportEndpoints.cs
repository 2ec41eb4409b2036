using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Imports;

internal static class ImportEndpoints
{
    public static IServiceCollection AddImportPages(this IServiceCollection services) => services
        .AddSingleton<ImportUploads>()
        .AddSingleton<ImportRuns>()
        .AddHostedService(provider => provider.GetRequiredService<ImportRuns>());

    public static void MapImports(this WebApplication app) =>
        app.MapGet(Paths.Imports + "/{id:guid}/issues.csv", IssuesAsync).RequireAuthorization(Permissions.ImportSubscribers);

    /// <summary>The rows that were not simply taken, for the person who mends the list.</summary>
    private static async Task<IResult> IssuesAsync(Guid id, HttpContext request, ImportDetail detail, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var batch = ImportBatchId.From(id);
        if (!(await detail.GetAsync(actor, batch, cancellationToken)).IsSuccess)
            return Results.NotFound();
        return Results.Stream(to => detail.WriteIssuesAsync(actor, batch, to, cancellationToken), "text/csv; charset=utf-8", $"import-{id:N}-rows.csv");
    }
}
