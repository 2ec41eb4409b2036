using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Signed papers as files. Posted, so that the reason stands in no address and no other site can ask.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this WebApplication app) =>
        app.MapPost(Paths.Subscribers + "/{id:guid}/evidence/{hash}", OpenAsync).RequireAuthorization(Permissions.ViewSubscribers);

    private static async Task<IResult> OpenAsync(Guid id, string hash, [FromForm] string? reason, HttpContext request, OpenEvidence evidence, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        var outcome = await evidence.ExecuteAsync(actor, SubscriberId.From(id), hash, reason, cancellationToken);
        return outcome.TryGet(out var file, out var failure)
            ? Results.File(file.Bytes, file.ContentType, file.Name)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
    }
}
