using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Segments;

internal static class SegmentEndpoints
{
    public static void MapSegments(this WebApplication app) =>
        app.MapGet(Paths.Segments + "/{id:guid}/people.csv", ExportAsync).RequireAuthorization(Permissions.ViewSegments, Permissions.ViewSubscribers, Permissions.ExportReports);

    /// <summary>The people whom the saved rule means now.</summary>
    private static async Task<IResult> ExportAsync(Guid id, string? numbers, string? reason, HttpContext request, ExportSegment export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var wish = new SegmentFileWish(new SegmentId(id), numbers == "full", reason);
        if (!wish.Rights.All(actor.May))
            return Results.Forbid();
        if (!(await export.ExecuteAsync(actor, wish, cancellationToken)).TryGet(out var file, out var failure))
            return failure is SegmentNotFound ? Results.NotFound() : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => file.WriteAsync(to, cancellationToken), "text/csv; charset=utf-8", "segment-people.csv");
    }
}
