using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>The way in without a link: a number, and the code that is texted to it. Unknown numbers are answered alike.</summary>
public sealed partial class CodePage(TextPreferenceCode text, ReadPreferenceCode read, PreferenceLinks links) : PublicPage
{
    private bool _isSent;
    private string? _problem;
    private string? _phoneProblem;

    [SupplyParameterFromForm]
    private CodeInput Input { get; set; } = default!;

    protected override void OnInitialized()
    {
        Input ??= new CodeInput();
        // A code that comes in belongs to the second step.
        _isSent = Input.Code is not null;
        Input.Country ??= PublicVisit.RegionOf(HttpContext) ?? T.Language switch { "es" => "ES", "fr" => "FR", "de" => "DE", _ => "US" };
    }

    private async Task SendAsync()
    {
        if (!PhoneNumber.Parse(Input.Phone, Input.Country).TryGet(out var phone, out var refused))
        {
            _phoneProblem = T[PublicEndpoints.PhoneKey(refused)];
            return;
        }

        await text.ExecuteAsync(ActorFor("preference-code"), phone, Leaving);
        _isSent = true;
    }

    private async Task ReadAsync()
    {
        _isSent = true;
        if (PhoneNumber.Parse(Input.Phone, Input.Country).TryGet(out var phone, out _)
            && (await read.ExecuteAsync(ActorFor("preference-code"), phone, Input.Code ?? "", Leaving)).TryGet(out var period, out _))
        {
            Sessions.Begin(HttpContext, links.SessionFor(period));
            GoTo($"{Paths.OwnPreferences}?said=proven");
            return;
        }

        _problem = T["CodeRefused"];
    }

    private sealed class CodeInput
    {
        public string? Country { get; set; }

        public string? Phone { get; set; }

        public string? Code { get; set; }
    }
}

/// <summary>The cookie of somebody whose number is proven: for these pages only, and for half an hour.</summary>
internal static class Sessions
{
    public static void Begin(HttpContext request, string session) => request.Response.Cookies.Append(PublicVisit.SessionCookie, session, new CookieOptions
    {
        Path = Paths.OwnPreferences, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = PreferenceLinks.SessionLifetime,
        Secure = request.Request.IsHttps || !request.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment(),
    });
}
