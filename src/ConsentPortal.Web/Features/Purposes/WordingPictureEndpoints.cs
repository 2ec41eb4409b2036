using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>Pictures of forms as files.</summary>
internal static class WordingPictureEndpoints
{
    public static void MapWordingPictures(this WebApplication app) =>
        app.MapGet(Paths.Purposes + "/pictures/{id:guid}", OpenAsync).RequireAuthorization(Permissions.ViewPolicy);

    private static async Task<IResult> OpenAsync(Guid id, HttpContext request, WordingPictures pictures, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return await pictures.FindAsync(actor, id, cancellationToken) is { } file ? Results.File(file.Bytes, file.ContentType, file.Name) : Results.NotFound();
    }
}
