using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Consent;

internal static class RegisterEndpoints
{
    public static void MapConsentRegister(this WebApplication app) =>
        app.MapGet(Paths.ConsentRegisterExport, ExportAsync).RequireAuthorization(Permissions.ViewSubscribers, Permissions.ExportReports);

    private static async Task<IResult> ExportAsync(
        string? numbers, string? reason, HttpContext request, ExportConsentRegister export, TimeProvider clock, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var filters = RegisterFilters.From(request.Request.GetEncodedUrl());
        if (filters.Purpose is null)
            return Results.NotFound();
        var wish = new RegisterFileWish(filters.Query(clock.GetUtcNow()), numbers == "full", reason);
        if (wish.ShowsNumbers && !actor.May(Permissions.ExportSubscribers))
            return Results.Forbid();
        if (wish.Refusal is { } refused)
            return Results.Text(refused.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => export.ExecuteAsync(actor, wish, to, cancellationToken), "text/csv; charset=utf-8", $"consent-register-{wish.Query.At:yyyy-MM-dd}.csv");
    }
}
