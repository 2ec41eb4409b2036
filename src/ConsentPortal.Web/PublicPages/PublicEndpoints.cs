using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ConsentPortal.Web.PublicPages;

/// <summary>What the public pages need beside pages: the check of a number while it is typed, the download of one's own data.</summary>
internal static class PublicEndpoints
{
    public static IServiceCollection AddPublicPages(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PublicOptions>().BindConfiguration(PublicOptions.Section).ValidateDataAnnotations();
        return services.AddSingleton<FormStamp>().AddSingleton<OwnActs>()
            .AddRateLimiter(limits => limits.AddPolicy<string, FormLimit>(FormLimit.Name).AddPolicy<string, CheckLimit>(CheckLimit.Name));
    }

    public static void MapPublicPages(this IEndpointRouteBuilder endpoints)
    {
        // A POST, because an address with a number in it would stand in logs. It changes nothing and knows nobody.
        endpoints.MapPost(Paths.CheckNumber, CheckNumber).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(CheckLimit.Name).WithMetadata(new RequestSizeLimitAttribute(4 * 1024));
        endpoints.MapPost(Paths.OwnData, DownloadAsync).AllowAnonymous().RequireRateLimiting(FormLimit.Name);
        endpoints.MapPost(Paths.OwnPackage + "/{link}/data.zip", PackageAsync).AllowAnonymous().RequireRateLimiting(FormLimit.Name);
        endpoints.MapPost(Paths.EndOwnSession, EndSessionAsync).AllowAnonymous();
        endpoints.MapShortLinks();
    }

    /// <summary>Whether a number can be one, and of which country: what the numbering plan says to everybody.</summary>
    private static IResult CheckNumber([FromForm] string? phone, [FromForm] string? country, [FromForm] string? lang)
    {
        var texts = PublicTexts.In(lang ?? PublicTexts.Fallback);
        return PhoneNumber.Parse(phone, country).TryGet(out var number, out var refused)
            ? Results.Json(new { ok = true, country = number.Region, text = texts.Of("PhoneFine", PublicCountries.NameOf(number.Region, texts.Culture)) })
            : Results.Json(new { ok = false, country = (string?)null, text = texts[PhoneKey(refused)] });
    }

    internal static string PhoneKey(Failure refused) => $"Phone_{(refused as PhoneRefused)?.Reason ?? "invalid"}";

    private static async Task<IResult> DownloadAsync(HttpContext request, PreferenceCentre centre, DownloadOwnData download, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var found = await centre.FindAsync(request.Request.Cookies[PublicVisit.SessionCookie], request.RequestAborted);
        if (!found.TryGet(out var visitor, out _))
            return Results.LocalRedirect("~" + Paths.Preferences);
        var actor = Domain.Staff.Actor.Subscriber(visitor.SubscriberId.ToString(), Components.CurrentActor.OriginOf(request));
        if (!(await download.ExecuteAsync(actor, visitor.SubscriberId, visitor.IsNumberProven, request.RequestAborted)).TryGet(out var json, out _))
            return Results.LocalRedirect("~" + Paths.Preferences);
        request.Response.Headers.CacheControl = "no-store";
        return Results.File(json, "application/json", "my-data.json");
    }

    private static async Task<IResult> PackageAsync(string link, HttpContext request, HandOutPackage handOut, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var code = (await request.Request.ReadFormAsync(request.RequestAborted))["code"].ToString();
        var actor = Domain.Staff.Actor.Subscriber("own-data", Components.CurrentActor.OriginOf(request));
        request.Response.Headers.CacheControl = "no-store";
        return (await handOut.ExecuteAsync(actor, link, code, request.RequestAborted)).TryGet(out var file, out _)
            ? Results.File(file.Bytes, "application/zip", file.FileName)
            : Results.LocalRedirect($"~{Paths.PackageOf(Uri.EscapeDataString(link))}?said=refused");
    }

    private static async Task<IResult> EndSessionAsync(HttpContext request, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        request.Response.Cookies.Delete(PublicVisit.SessionCookie, new CookieOptions { Path = Paths.OwnPreferences });
        return Results.LocalRedirect("~" + Paths.Preferences);
    }
}
