using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.Net.Http.Headers;

namespace ConsentPortal.Web.PublicPages;

/// <summary><c>/l/{token}</c>: leads from the short address in a text to the page that its author wrote. No cookie is set and nothing of the reader is kept but that they opened it.</summary>
internal static class ShortLinkEndpoints
{
    public static void MapShortLinks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Paths.ShortLink + "/{token}", [HttpMethods.Get, HttpMethods.Head], OpenAsync).AllowAnonymous();

    private static async Task<IResult> OpenAsync(string token, HttpContext context, OpenTrackedLink open, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var purpose = string.Join(' ', request.Headers["Sec-Purpose"].Concat(request.Headers["Purpose"]).Concat(request.Headers["X-Moz"]));
        var visit = new LinkVisit(request.Method, request.Headers.UserAgent.ToString(), purpose);
        var reader = Actor.Subscriber("short-link", CurrentActor.OriginOf(context));
        if (await open.ExecuteAsync(reader, token, visit, cancellationToken) is not { } target)
            return Results.NotFound();
        // Asked for each time: a stored answer would hide whoever opens it next.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        context.Response.Headers[HeaderNames.Location] = target.AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status302Found);
    }
}
