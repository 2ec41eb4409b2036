using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>The rules are changed by two people: one writes and simulates, another one activates. At the end all is as it was.</summary>
[Collection(BrowserTests.Name)]
public sealed class PolicyJourneyTests(PortalBrowser portal)
{
    private const string Author = "compliance@demo.example";
    private const string Second = "second@demo.example";

    [Fact]
    public async Task Two_people_change_the_rules_with_a_simulation_before_them()
    {
        var version = await WriteAsync();
        await LookAsync(version);
        await ActivateAsync(version);
        await UndoAsync(version);
    }

    private async Task<string> WriteAsync()
    {
        await using var author = await portal.SignInAsync(Author);
        await author.GoAsync("/policy");
        await author.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Change", Exact = true }).ClickAsync();
        await author.FillAsync("What is to change, and why", "Texts only within office hours, as the board decided");
        await author.ClickAsync("Begin a draft");
        await author.Page.WaitForURLAsync("**/policy/versions/*");
        await author.ShootAsync("policy-draft-light-1280");
        await author.ChooseAsync("Preset", "Strictest");
        await author.FillAsync("Parts", "300");
        await author.Page.GetByLabel("Parts", new PageGetByLabelOptions { Exact = true }).BlurAsync();
        await author.SeeAsync("A text has 1 to 255 parts.");
        await author.ShootAsync("policy-draft-wrong-light-1280");
        await author.FillAsync("Parts", "4");
        await author.Page.GetByLabel("Parts", new PageGetByLabelOptions { Exact = true }).BlurAsync();
        await author.ClickAsync("Save draft");
        await author.SeeAsync("The draft was saved.");
        await author.ClickAsync("Simulate");
        await author.SeeAsync("The simulation is done. Nothing was sent.");
        await author.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask a second person" }).ClickAsync();
        await author.SeeAsync("You wrote in it or asked for it; somebody else has to activate it.");
        await author.ShootAsync("policy-asked-light-1280");
        Assert.Empty(await author.AxeAsync());
        Assert.Empty(author.Problems);
        return new Uri(author.Page.Url).AbsolutePath;
    }

    private async Task LookAsync(string version)
    {
        foreach (var (isDark, width) in new[] { (true, 1280), (false, 390), (true, 390) })
        {
            await using var second = await portal.SignInAsync(Second, isDark, width);
            await second.GoAsync(version);
            await second.ShootAsync($"policy-asked-{(isDark ? "dark" : "light")}-{width}");
            Assert.Empty(await second.AxeAsync());
            Assert.False(await second.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
            await second.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Gates" }).First.ClickAsync();
            await second.SeeAsync("The stored decision came out again");
            await second.ShootAsync($"past-decision-{(isDark ? "dark" : "light")}-{width}");
            Assert.Empty(await second.AxeAsync());
            Assert.Empty(second.Problems);
        }
    }

    private async Task ActivateAsync(string version)
    {
        await using var second = await portal.SignInAsync(Second);
        await second.GoAsync(version);
        await second.Page.GetByText("Later", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await second.Page.Locator("input[type=datetime-local]").FillAsync(DateTime.Now.AddDays(3).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await second.Page.Locator("input[type=datetime-local]").BlurAsync();
        await second.ClickAsync("Activate");
        await second.SeeAsync("until then it can be taken back");
        await second.ShootAsync("policy-scheduled-light-1280");
        Assert.Empty(second.Problems);
    }

    private async Task UndoAsync(string version)
    {
        await using var author = await portal.SignInAsync(Author);
        await author.GoAsync(version);
        await EndAsync("Take the activation back", "Take back", "The activation was taken back");
        await EndAsync("Abandon the draft", "Abandon", "The draft was abandoned.");
        await author.GoAsync("/policy/versions");
        await author.ShootAsync("policy-versions-two-light-1280");
        Assert.Empty(author.Problems);

        async Task EndAsync(string summary, string button, string said)
        {
            await author.Page.GetByText(summary, new PageGetByTextOptions { Exact = true }).ClickAsync();
            await author.FillAsync("Why", "The board decided otherwise");
            await author.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
            await author.SeeAsync(said);
        }
    }
}
