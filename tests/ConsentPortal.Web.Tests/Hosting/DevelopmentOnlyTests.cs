using System.Net;
using ConsentPortal.Application.Demo;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>What makes a developer's day easy must not exist where real people's numbers are.</summary>
public sealed class DevelopmentOnlyTests
{
    [Fact]
    public async Task In_Development_there_are_demo_people_who_sign_in_with_one_click_and_pages_for_developers()
    {
        await using var portal = await StartedPortal.StartAsync("Development");
        using var browser = portal.OpenBrowser();
        var door = await browser.GetAsync(Paths.SignIn);

        Assert.Equal(DemoStaff.People.Select(person => person.Name), door.Document.QuerySelectorAll(".demo-person strong").Select(name => name.TextContent));
        Assert.True(IsServed(portal, Paths.DemoSignIn));
        var form = door.Document.QuerySelector($"form[action='{Paths.DemoSignIn}']")!;
        Assert.Equal("/", (await browser.SendAsync(Paths.SignIn, form)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.DevelopmentPhone)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.DevelopmentComponents)).Status);
        await using var db = portal.Open();
        Assert.Equal(5, await db.Subscribers.CountAsync());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Elsewhere_none_of_it_exists(string environment)
    {
        await using var portal = await StartedPortal.StartAsync(environment);
        using var stranger = portal.OpenBrowser();
        var door = await stranger.GetAsync(Paths.SignIn);

        Assert.Equal("Sign in", door.Heading);
        Assert.DoesNotContain("demo", door.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Paths.DevelopmentPhone)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Paths.DevelopmentComponents)).Status);
        Assert.False(IsServed(portal, Paths.DemoSignIn));
        await using var db = portal.Open();
        Assert.Equal((0, 0, 0), (await db.Users.CountAsync(), await db.Subscribers.CountAsync(), await db.Purposes.CountAsync()));
    }

    private static bool IsServed(StartedPortal portal, string path) => portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint => endpoint.RoutePattern.RawText == path);
}
