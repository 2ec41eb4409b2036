using Microsoft.Playwright;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>Somebody asks whose number no record has: from the call to the answer that nothing is held.</summary>
[Collection(BrowserTests.Name)]
public sealed class UnrecordedRequestJourneyTests(PortalBrowser portal, ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 1280, "+447708181701")]
    [InlineData(true, 1280, "+447708181702")]
    [InlineData(false, 390, "+447708181703")]
    [InlineData(true, 390, "+447708181704")]
    public async Task A_request_of_somebody_unknown_is_entered_recognised_and_answered(bool isDark, int width, string number)
    {
        var look = $"{(isDark ? "dark" : "light")}-{width}";
        await using var visit = await portal.SignInAsync("compliance@demo.example", isDark, width);
        await visit.GoAsync("/privacy-requests/new");
        await visit.FillAsync("Number, name or id", number);
        await visit.ClickAsync("Find");
        await visit.SeeAsync("Nobody is known under this.");
        await visit.ClickAsync("Enter it for");
        await visit.SeeAsync("No record for this number");
        await visit.LookAsync($"unrecorded-new-{look}");
        await visit.ClickAsync("Add the request");
        await visit.SeeAsync("No record has this number.");
        await visit.LookAsync($"unrecorded-received-{look}");

        await RecogniseAsync();
        await visit.SeeAsync("Verified by mistake?");
        await visit.LookAsync($"unrecorded-verified-{look}");
        await visit.FillAsync("Why it was wrong", "It was the wrong caller");
        await visit.ClickAsync("Take the verification back");
        await RecogniseAsync();
        await visit.ClickAsync("Search for the number");
        await visit.SeeAsync("no record has this number, nor had one before.");
        await visit.ClickAsync("Answer that nothing is held");
        await visit.ClickAsync("Say what was done");
        await visit.ClickAsync("Keep the letter");
        await visit.ClickAsync("Mark as sent");
        await visit.Page.Locator(".chip", new PageLocatorOptions { HasText = "Completed" }).First.WaitForAsync();
        await visit.LookAsync($"unrecorded-answered-{look}");

        visit.Problems.ToList().ForEach(output.WriteLine);
        Assert.Empty(visit.Problems);

        async Task RecogniseAsync()
        {
            await visit.SeeAsync("No code can be texted");
            await visit.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "How they were recognised" }).First.ClickAsync();
            await visit.Page.Locator(".mud-popover-open .mud-list-item").First.ClickAsync();
            await visit.FillAsync("What you saw (deleted with the number)", "Called the number, and they answered for it");
            await visit.ClickAsync("Mark as verified");
        }
    }
}
