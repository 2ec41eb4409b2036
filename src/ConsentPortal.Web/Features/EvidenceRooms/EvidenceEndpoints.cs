using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>A room as a file, for its auditor and for the staff. Made anew each time; the audit trail keeps its hash.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidenceRooms(this WebApplication app)
    {
        app.MapGet(Paths.MyEvidenceRooms + "/{id:guid}/pack.zip", PackAsync).RequireAuthorization(Permissions.VisitEvidenceRooms);
        app.MapGet(Paths.EvidenceRooms + "/{id:guid}/pack.zip", PackAsync).RequireAuthorization(Permissions.ManageEvidenceRooms);
    }

    private static async Task<IResult> PackAsync(Guid id, string? log, HttpContext request, MakeEvidencePack pack, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var isWithLog = log == "yes";
        if (isWithLog && !actor.May(Permissions.ExportAudit))
            return Results.Forbid();
        request.Response.Headers.CacheControl = "no-store";
        return (await pack.ExecuteAsync(actor, new EvidencePackWish(id, isWithLog), cancellationToken)).TryGet(out var file, out var failure)
            ? Results.Stream(file.Content, file.ContentType, file.FileName)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: failure is EvidenceRoomClosed ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
    }
}
