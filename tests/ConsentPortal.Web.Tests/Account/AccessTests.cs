using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;
using ConsentPortal.Web.Tests.Architecture;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Account;

/// <summary>Who gets to see which page by asking for its address, and what every answer carries.</summary>
public sealed partial class AccessTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    public static IEnumerable<object[]> GuardedPages =>
        from page in PortalArchitecture.Pages
        where page.GetCustomAttribute<DevelopmentOnlyAttribute>() is null
        from guard in page.GetCustomAttributes<AuthorizeAttribute>()
        where guard.Policy is not null
        from route in page.GetCustomAttributes<RouteAttribute>()
        select new object[] { RouteParameter().Replace(route.Template, parameter => parameter.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : "0198c1a2-0000-7000-8000-000000000001"), guard.Policy! };

    [Theory]
    [MemberData(nameof(GuardedPages))]
    public async Task A_stranger_is_sent_to_sign_in_and_back_to(string path, string permission)
    {
        using var stranger = staff.Portal.OpenBrowser();

        var answer = await stranger.GetAsync(path);

        Assert.NotEmpty(permission);
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.Equal($"{Paths.SignIn}?returnUrl={Uri.EscapeDataString(path)}", answer.Location);
    }

    [Theory]
    [MemberData(nameof(GuardedPages))]
    public async Task Somebody_without_the_permission_is_told_so_at(string path, string permission)
    {
        var others = PermissionCatalogue.All.Select(entry => entry.Permission).Where(other => other != permission);
        using var browser = await staff.SignedInAsync(await staff.AddRoleAsync(others));

        var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.StartsWith(Paths.AccessDenied, answer.Location, StringComparison.Ordinal);
        Assert.Equal("Your role does not open this page", (await browser.GetAsync(answer.Location!)).Heading);
    }

    [Fact]
    public async Task An_address_without_a_page_is_404_for_strangers_and_staff_alike()
    {
        using var stranger = staff.Portal.OpenBrowser();
        using var browser = await staff.SignedInAsync(RoleBundle.Auditor);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/no-such-page")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/no-such-page")).Status);
    }

    [Theory]
    [InlineData(Paths.SignIn)]
    [InlineData(Paths.Account)]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/app.css")]
    [InlineData("/webhooks/vonage/status")]
    public async Task Every_answer_says_what_the_browser_may_run_and_who_may_frame_it(string path)
    {
        using var browser = await staff.SignedInAsync(RoleBundle.Auditor);

        var headers = (await browser.GetAsync(path)).Headers;

        var policy = Assert.Single(headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries);
        var scripts = policy.Single(rule => rule.StartsWith("script-src ", StringComparison.Ordinal));
        Assert.Matches("^script-src 'self' 'nonce-[A-Za-z0-9+/=]{16,}'$", scripts);
        Assert.DoesNotContain(policy, rule => rule.Contains("unsafe-eval", StringComparison.Ordinal));
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("default-src 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task The_nonce_is_another_one_each_time()
    {
        using var browser = staff.Portal.OpenBrowser();

        Assert.NotEqual(
            (await browser.GetAsync(Paths.SignIn)).Headers.GetValues("Content-Security-Policy").Single(),
            (await browser.GetAsync(Paths.SignIn)).Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task No_cookie_can_be_read_by_a_script_or_leaves_with_a_foreign_form()
    {
        using var browser = await staff.SignedInAsync(RoleBundle.Auditor);
        await browser.GetAsync(Paths.Account);
        await browser.GetAsync("/");

        Assert.NotEmpty(browser.CookiesSet);
        Assert.All(browser.CookiesSet, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i)samesite=(lax|strict)", cookie);
        });
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex RouteParameter();
}
