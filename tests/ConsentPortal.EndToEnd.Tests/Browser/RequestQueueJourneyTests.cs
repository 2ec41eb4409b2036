using System.Text;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>Many requests at once, and files that came with one: by mouse and finger, in light and dark.</summary>
[Collection(BrowserTests.Name)]
public sealed class RequestQueueJourneyTests(PortalBrowser portal, ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    [InlineData(true, 390)]
    public async Task Requests_are_chosen_commented_on_together_and_get_a_file(bool isDark, int width)
    {
        var look = $"{(isDark ? "dark" : "light")}-{width}";
        await using var visit = await portal.SignInAsync("compliance@demo.example", isDark, width);
        await visit.GoAsync("/privacy-requests?kind=access");
        await visit.Page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await visit.ClickAsync("Select all");
        await visit.ClickAsync("Take more time");
        await visit.LookAsync($"queue-more-time-{look}");
        await visit.Page.Locator("section.bulk textarea:not([readonly])").First.FillAsync("So many requests came in this month");
        await visit.ClickAsync("Keep the letters about more time");
        await visit.Page.Locator(".outcome").WaitForAsync();
        await visit.LookAsync($"queue-outcome-{look}");
        await visit.GoAsync("/privacy-requests?status=completed&country=DE");
        await visit.LookAsync($"queue-empty-{look}");

        // As long as names of people and ways can be.
        await visit.GoAsync("/privacy-requests");
        await visit.Page.EvaluateAsync("() => document.querySelectorAll('tbody a.worker, tbody .cell .quiet').forEach(e => e.textContent = 'Wolfeschlegelsteinhausenbergerdorff of the Most Serene Principality of Somewhere')");
        await visit.LookAsync($"queue-long-{look}");

        await visit.GoAsync("/privacy-requests?kind=access");
        await visit.Page.Locator("tbody a.num").Last.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Files" }).WaitForAsync();
        await visit.ChooseAsync("What came in", "Identity paper");
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "passport-with-a-very-long-name-that-nobody-would-give-a-file-0123456789.pdf", MimeType = "application/pdf", Buffer = Encoding.UTF8.GetBytes("%PDF-1.7 seen") });
        await visit.SeeAsync("passport-with-a-very-long-name");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove passport" }).First.ClickAsync();
        await visit.Page.Locator("button", new PageLocatorOptions { HasText = "passport-with" }).First.ClickAsync();
        await visit.LookAsync($"request-files-{look}");

        visit.Problems.ToList().ForEach(output.WriteLine);
        Assert.Empty(visit.Problems);
    }
}
