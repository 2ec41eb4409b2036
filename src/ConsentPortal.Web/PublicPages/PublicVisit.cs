using System.Globalization;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;

namespace ConsentPortal.Web.PublicPages;

/// <summary>What is known of a request from outside before its page is drawn: the language, and who comes by a link or a code.</summary>
/// <param name="Chosen">The language of <c>?lang=</c>, kept in links; null where none was chosen.</param>
/// <param name="Languages">What the visitor reads, best first; also languages that the pages themselves do not speak.</param>
/// <param name="Visitor">Null where nobody is identified.</param>
/// <param name="Refusal">Why a link opens nothing.</param>
internal sealed record PublicVisit(PublicTexts Texts, string? Chosen, IReadOnlyList<string> Languages, string Organisation, PreferenceVisitor? Visitor, Failure? Refusal)
{
    /// <summary>Carries the session of somebody who has read a code back.</summary>
    public const string SessionCookie = "consentportal-preferences";

    private const string TokenRoute = "Token";

    /// <summary>An address of these pages in the language that was chosen.</summary>
    public string Link(string path) => Chosen is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={Chosen}";

    /// <summary>The browser asks that the person's data not be sold or shared (Global Privacy Control).</summary>
    public static bool HasPrivacySignal(HttpContext request) => request.Request.Headers["Sec-GPC"] == "1";

    public static PublicVisit Of(HttpContext request) => request.Features.Get<PublicVisit>() ?? throw new InvalidOperationException("This is no page for people outside.");

    /// <returns>Whether the endpoint is one of these pages.</returns>
    public static bool IsPublicPage(HttpContext request) =>
        request.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Namespace == typeof(PublicVisit).Namespace;

    public static async Task<PublicVisit> ReadAsync(HttpContext request)
    {
        var (visitor, refusal) = await VisitorAsync(request);
        var chosen = request.Request.Query["lang"].ToString() is { Length: > 0 and <= 8 } lang && lang.All(char.IsAsciiLetter) ? lang.ToLowerInvariant() : null;
        string?[] wanted = [chosen, visitor?.Language?.Split('-')[0].ToLowerInvariant(), .. Accepted(request)];
        List<string> languages = [.. wanted.OfType<string>().Distinct(StringComparer.Ordinal)];
        var texts = PublicTexts.In(languages.Find(PublicTexts.Speaks) ?? PublicTexts.Fallback);
        var organisation = await request.RequestServices.GetRequiredService<OrganisationName>().GetAsync(request.RequestAborted);
        return new PublicVisit(texts, chosen, languages, organisation, visitor, refusal);
    }

    /// <summary>Who acts: the person behind the link, or somebody whom a form does not know yet.</summary>
    public Actor ActorOf(HttpContext request, string unknown) => Actor.Subscriber(Visitor?.SubscriberId.ToString() ?? unknown, CurrentActor.OriginOf(request));

    private static async Task<(PreferenceVisitor? Visitor, Failure? Refusal)> VisitorAsync(HttpContext request)
    {
        var token = request.GetRouteValue(TokenRoute) as string ?? (request.Request.Path == Paths.OwnPreferences ? request.Request.Cookies[SessionCookie] : null);
        if (token is null)
            return (null, null);
        var found = await request.RequestServices.GetRequiredService<PreferenceCentre>().FindAsync(token, request.RequestAborted);
        return found.TryGet(out var visitor, out var refusal) ? (visitor, null) : (null, refusal);
    }

    private static IEnumerable<string> Accepted(HttpContext request) =>
        request.Request.GetTypedHeaders().AcceptLanguage.Take(10).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant());

    /// <summary>The country in the browser's languages, such as US in en-US; null where it names none.</summary>
    public static string? RegionOf(HttpContext request) => request.Request.GetTypedHeaders().AcceptLanguage.Take(10).OrderByDescending(l => l.Quality ?? 1)
        .Select(l => l.Value.ToString().Split('-')).Where(parts => parts.Length > 1 && parts[^1].Length == 2).Select(parts => parts[^1].ToUpperInvariant()).FirstOrDefault();
}

internal static class PublicVisits
{
    private static readonly string[] Roots = [Paths.Join, Paths.OwnPreferences, Paths.Preferences, Paths.DataRequest, Paths.OwnPackage, Paths.Verify, Paths.ShortLink, Paths.Sorry];

    /// <summary>Addresses that subscribers and other outsiders use.</summary>
    public static bool IsPublicPath(HttpContext request) => Roots.Any(root => request.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    /// <summary>What went wrong is said by a page of their own, with the status that it had; whatever was posted is not posted to that page.</summary>
    public static IApplicationBuilder UsePublicSorryPage(this IApplicationBuilder app) => app.UseWhen(IsPublicPath, pages => pages.UsePageOfStatus($"{Paths.Sorry}/{{0}}"));

    /// <summary>Reads the visit once, so that the document can say its language and a void link its status.</summary>
    public static IApplicationBuilder UsePublicVisits(this IApplicationBuilder app) => app.Use(async (request, next) =>
    {
        if (PublicVisit.IsPublicPage(request))
        {
            var visit = await PublicVisit.ReadAsync(request);
            request.Features.Set(visit);
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (visit.Texts.Culture, visit.Texts.Culture);
            // What a link shows is for whoever holds it, and a code's session is for one browser: nothing in between may keep it.
            request.Response.Headers.CacheControl = "no-store";
        }

        await next(request);
    });
}
