using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>A marketer reads why a segment is as large as it is, why one person is not in it, and keeps its people as a list.</summary>
[Collection(BrowserTests.Name)]
public sealed class SegmentJourneyTests(PortalBrowser portal)
{
    private const string Buyers = "Bought twice this year, North America";

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    [InlineData(true, 390)]
    public async Task A_segment_explains_its_size_and_its_people(bool isDark, int width)
    {
        var look = $"{(isDark ? "dark" : "light")}-{width}";
        await using var marketer = await portal.SignInAsync("marketer@demo.example", isDark, width);
        await OpenAsync(marketer, Buyers);
        await Assertions.Expect(marketer.Page.GetByTestId("left")).ToHaveCountAsync(3);
        await marketer.ChooseAsync("Reachable for", "Offers");
        await marketer.Page.GetByTestId("reachable").WaitForAsync();
        await marketer.ShootAsync($"segment-funnel-{look}");

        await marketer.GoAsync("/subscribers");
        await marketer.Page.Locator("main a[href^='/subscribers/']:not([href$='/add'])").First.ClickAsync();
        await marketer.Page.WaitForURLAsync("**/subscribers/*-*");
        await marketer.Page.Locator("main a[href*='tab=segments']").ClickAsync();
        await marketer.Page.Locator(".segments a", new PageLocatorOptions { HasText = Buyers }).WaitForAsync();
        await marketer.ShootAsync($"person-segments-{look}");
        var problems = (await marketer.AxeAsync()).ToList();
        await marketer.Page.Locator(".segments a", new PageLocatorOptions { HasText = Buyers }).ClickAsync();
        await marketer.SeeAsync("As of");
        await marketer.Page.Locator("#explain .parts > li").Nth(2).WaitForAsync();
        await Assertions.Expect(marketer.Page.GetByTestId("left")).ToHaveCountAsync(3);
        await marketer.ShootAsync($"segment-explained-{look}");
        problems.AddRange(await marketer.AxeAsync());

        await marketer.FillAsync("Name of the list", $"Buyers, {look}");
        await marketer.ClickAsync("Make the list");
        await marketer.SeeAsync($"People who are on the list \"Buyers, {look}\".");
        await marketer.ShootAsync($"segment-list-{look}");
        problems.AddRange(await marketer.AxeAsync());
        Assert.False(await marketer.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        Assert.Empty(problems.Concat(marketer.Problems));
    }

    private static async Task OpenAsync(Visit visit, string segment)
    {
        await visit.GoAsync("/segments");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = segment, Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/segments/*-*");
        await visit.SettledAsync();
    }
}
