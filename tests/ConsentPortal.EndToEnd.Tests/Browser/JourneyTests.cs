using Microsoft.Playwright;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>From a real list to a delivered text and its proof, by those whose work it is.</summary>
[Collection(BrowserTests.Name)]
public sealed class JourneyTests(PortalBrowser portal, ITestOutputHelper output)
{
    private const string Marketer = "marketer@demo.example";
    private const string Approver = "approver@demo.example";
    private const string Support = "support@demo.example";
    private const string Compliance = "compliance@demo.example";
    private const string Auditor = "auditor@demo.example";

    private const string Handset = "+14155552671";

    [Fact]
    public async Task A_list_becomes_a_proven_text()
    {
        await ImportAsync();
        await BuildSegmentAsync();
        var campaign = await WriteCampaignAsync();
        await ApproveAsync(campaign);
        await SendAsync(campaign);
        await ReportAsync(campaign);
        await AnswerByTextAsync();
        var person = await ProveAsync();
        await HandOverDataAsync(person);
        await EraseAsync(person);
        await VerifyAuditAsync();
    }

    private async Task ImportAsync()
    {
        await using var marketer = await portal.SignInAsync(Marketer);
        await marketer.GoAsync("/imports/new");
        await marketer.Page.Locator("input[type=file]").SetInputFilesAsync(RepositoryFile("tests/ConsentPortal.Application.Tests/Imports/Data/subscribers-messy.csv"));
        await marketer.SeeAsync("2. What the columns hold");
        await marketer.ChooseAsync("Purpose", "Order updates");
        await marketer.ChooseAsync("Wording they were shown", "en");
        await marketer.FillAsync("Default country", "US");
        await marketer.ShootAsync("import-columns-light-1280");
        await marketer.ClickAsync("Judge every row");
        await marketer.SeeAsync("4. What would happen");
        await Assertions.Expect(marketer.Page.Locator("main")).ToContainTextAsync("397");
        await Assertions.Expect(marketer.Page.Locator("main")).ToContainTextAsync("53");
        await marketer.ShootAsync("import-proposal-light-1280");
        await marketer.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Import ") }).ClickAsync();
        await marketer.Page.WaitForURLAsync("**/imports/*-*");
        await marketer.SeeAsync("Rows to look at (CSV)");
        await marketer.ShootAsync("import-result-light-1280");
        Assert.Empty(marketer.Problems);
    }

    private async Task BuildSegmentAsync()
    {
        await using var marketer = await portal.SignInAsync(Marketer);
        await marketer.GoAsync("/segments/new");
        await marketer.FillAsync("Name", "People with an order");
        await marketer.ChooseAsync("Purpose", "Order updates");
        await marketer.SeeAsync("agreed to Order updates");
        await marketer.ShootAsync("segment-builder-light-1280");
        await marketer.ClickAsync("Save segment");
        await marketer.Page.WaitForURLAsync("**/segments/*-*");
        Assert.Empty(marketer.Problems);
    }

    private async Task<string> WriteCampaignAsync()
    {
        await using var marketer = await portal.SignInAsync(Marketer);
        await marketer.GoAsync("/campaigns/new");
        await marketer.FillAsync("Name of the campaign, for staff", "Orders are on their way");
        await marketer.ChooseAsync("Purpose that people agreed to", "Order updates");
        await marketer.ChooseAsync("Segment", "People with an order");
        await marketer.FillAsync("Text", "Aurora Outfitters: {{ nickname }}, your order is on its way.");
        await marketer.SeeAsync("There is no merge field \"nickname\"");
        await marketer.FillAsync("Text", "Aurora Outfitters: {{ firstName | default: \"hello\" }}, your order is on its way. Reply STOP to end.");
        await marketer.ShootAsync("campaign-editor-light-1280");
        await marketer.ClickAsync("Try a second text");
        await marketer.FillAsync("Text B", "Aurora Outfitters: your order has left our warehouse. Reply STOP to end.");
        await marketer.ShootAsync("campaign-editor-two-texts-light-1280");
        await marketer.ClickAsync("Save and check");
        await marketer.Page.WaitForURLAsync("**/campaigns/*-*");
        await marketer.ClickAsync("Run dry run");
        await marketer.SeeAsync("Run again");
        await marketer.SeeAsync("Of those who would get it: text A for ");
        await marketer.ShootAsync("campaign-dry-run-light-1280");
        await marketer.ClickAsync("Send to review");
        await marketer.SeeAsync("In review");
        Assert.Empty(marketer.Problems);
        return new Uri(marketer.Page.Url).AbsolutePath;
    }

    private async Task ApproveAsync(string campaign)
    {
        await using var approver = await portal.SignInAsync(Approver);
        await approver.GoAsync(campaign);
        await approver.SeeAsync("your order has left our warehouse");
        await approver.ShootAsync("campaign-review-light-1280");
        await approver.ClickAsync("Approve");
        await approver.SeeAsync("Approved");
        Assert.Empty(approver.Problems);
    }

    private async Task SendAsync(string campaign)
    {
        await using var marketer = await portal.SignInAsync(Marketer);
        await marketer.GoAsync(campaign);
        await marketer.ClickAsync("Send now");
        await Assertions.Expect(marketer.Page.Locator("main")).ToContainTextAsync("Finished", new LocatorAssertionsToContainTextOptions { Timeout = 120_000 });
        var byText = marketer.Page.GetByLabel("Results by text").Locator("tbody tr");
        await Assertions.Expect(byText).ToHaveCountAsync(2);
        Assert.All(await byText.Locator("td:nth-of-type(2)").AllInnerTextsAsync(), sent => Assert.NotEqual("0", sent.Trim()));
        await marketer.ShootAsync("campaign-results-light-1280");
        await marketer.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Text B", Exact = true }).ClickAsync();
        await marketer.Page.WaitForURLAsync("**text=B*");
        output.WriteLine(await marketer.Page.Locator("main").InnerTextAsync());
        Assert.Empty(marketer.Problems);
    }

    private async Task AnswerByTextAsync()
    {
        await using var support = await portal.SignInAsync(Support);
        await support.GoAsync("/dev/phone");
        await support.Page.GetByPlaceholder("+1 212 555 2368").FillAsync(Handset);
        await support.ClickAsync("Open");
        await support.ClickAsync("JOIN");
        await support.SeeAsync("reply YES to confirm");
        await support.ClickAsync("YES");
        await support.SeeAsync("you are in for texts about offers and news");
        await support.ClickAsync("HELP");
        await support.SeeAsync("help@aurora.example or");
        await support.ClickAsync("STOP");
        await support.SeeAsync("you are unsubscribed");
        await support.ShootAsync("phone-conversation-light-1280");
        Assert.Empty(support.Problems);
    }

    private async Task ReportAsync(string campaign)
    {
        await using var officer = await portal.SignInAsync(Compliance);
        await officer.GoAsync(campaign);
        var text = PdfText.Of(await officer.DownloadAsync(() => officer.Page.Locator("a[href*='/reports/campaign/']").First.ClickAsync()));
        Assert.Contains("Orders are on their way", text);
        Assert.Contains("Priya Raman", text);
        Assert.Contains("your order is on its way", text);
        Assert.Contains("your order has left our warehouse", text);
        Assert.Empty(officer.Problems);
    }

    /// <summary>The person of the handset, found by their number, and the certificate of what they agreed to and took back.</summary>
    private async Task<string> ProveAsync()
    {
        await using var officer = await portal.SignInAsync(Compliance);
        await officer.Page.Locator("#global-search").FillAsync(Handset);
        await officer.Page.Locator("#global-search").PressAsync("Enter");
        await officer.Page.WaitForURLAsync("**/subscribers");
        // Until the search is done the list still shows everybody.
        await Assertions.Expect(officer.Page.Locator("main tbody tr")).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
        await officer.Page.Locator("main a[href^='/subscribers/']:not([href$='/add'])").First.ClickAsync();
        await officer.Page.WaitForURLAsync("**/subscribers/*-*");
        await officer.SettledAsync();
        var person = new Uri(officer.Page.Url).AbsolutePath;
        await officer.GoAsync($"{person}?tab=consent");
        await officer.ShootAsync("subscriber-consent-light-1280");
        var text = PdfText.Of(await officer.DownloadAsync(() => officer.Page.Locator("a[href*='/reports/consent-proof/']").First.ClickAsync()));
        Assert.Contains("I agree that Aurora Outfitters may send me recurring automated texts", text);
        Assert.Contains("Withdrawn", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Handset, text.Replace(" ", "", StringComparison.Ordinal));
        await officer.GoAsync($"{person}?tab=messages");
        await officer.SeeAsync("reply YES to confirm");
        await officer.ShootAsync("subscriber-messages-light-1280");
        Assert.Empty(officer.Problems);
        return person;
    }

    private async Task HandOverDataAsync(string person)
    {
        await using var agent = await portal.SignInAsync(Support);
        await AddRequestAsync(agent, person, "Access");
        var request = agent.Page.Url;
        await agent.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Review what it would hold" }).ClickAsync();
        await agent.SeeAsync("Staff who are named");
        await agent.ShootAsync("package-review-light-1280");
        await agent.Page.GetByLabel("I have looked through everything").CheckAsync();
        await agent.ClickAsync("Confirm the review");
        await agent.SeeAsync("The review is confirmed");
        await agent.GoAsync(request);
        await agent.SeeAsync("Make the package");
        var package = await agent.DownloadAsync(() => agent.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Make the package" }).ClickAsync());
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(package));
        Assert.Contains(zip.Entries, e => e.Name.EndsWith(".json", StringComparison.Ordinal));
        Assert.Contains(zip.Entries, e => e.Name.EndsWith(".pdf", StringComparison.Ordinal));
        await agent.Page.ReloadAsync();
        await agent.FillAsync("What was done (goes into the letter)", "Handed over at the desk after a code had been read back.");
        await agent.ClickAsync("Note that it is done");
        await agent.SeeAsync("Answer to be sent");
        await agent.ClickAsync("Say what was done");
        await agent.ClickAsync("Keep the letter");
        await agent.SeeAsync("The request closes when it has left");
        await agent.ClickAsync("Mark as sent");
        await agent.SeeAsync("Completed");
        Assert.Empty(agent.Problems);
    }

    /// <summary>One asks, another approves and carries out; at the end nothing of the person is found anywhere.</summary>
    private async Task EraseAsync(string person)
    {
        string request;
        await using (var agent = await portal.SignInAsync(Support))
        {
            request = await AddRequestAsync(agent, person, "Erasure");
            await agent.ClickAsync("Ask for approval");
            await agent.SeeAsync("Waits for approval");
            Assert.Empty(agent.Problems);
        }

        await using var officer = await portal.SignInAsync(Compliance);
        await officer.GoAsync(request);
        await officer.ClickAsync("Approve the erasure");
        await officer.Page.GetByText("I know that it can't be undone").ClickAsync();
        await officer.ClickAsync("Erase now");
        // The provider erases nothing that is younger than an hour: whoever can't wait closes the request and says so.
        await officer.SeeAsync("Nothing of the person is found here any more");
        await officer.ShootAsync("privacy-request-waits-for-provider-light-1280");
        await officer.FillAsync("Why it is closed with texts open at the provider", "The person was told that the provider keeps the words for some hours more.");
        await officer.ClickAsync("Close with what is open");
        await officer.Page.Locator("a[href$='certificate.pdf']").First.WaitForAsync();
        await officer.ShootAsync("privacy-request-erased-light-1280");
        var text = PdfText.Of(await officer.DownloadAsync(() => officer.Page.Locator("a[href$='certificate.pdf']").First.ClickAsync()));
        Assert.Contains("erasure", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("for some hours more", text.ReplaceLineEndings(" "));
        Assert.Empty(officer.Problems);
    }

    private async Task VerifyAuditAsync()
    {
        await using var auditor = await portal.SignInAsync(Auditor);
        await auditor.GoAsync("/audit");
        await auditor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Verify", Exact = true }).ClickAsync();
        await auditor.SeeAsync("exactly those that were signed");
        await auditor.ShootAsync("audit-verified-light-1280");
        Assert.Empty(auditor.Problems);
    }

    /// <returns>The page of the new request, verified.</returns>
    private static async Task<string> AddRequestAsync(Visit agent, string person, string kind)
    {
        await agent.GoAsync($"/privacy-requests/new?subscriber={person.Split('/')[^1]}");
        await agent.ChooseAsync("Kind", kind);
        await agent.ClickAsync("Add the request");
        await agent.Page.WaitForURLAsync("**/privacy-requests/*-*");
        await agent.SettledAsync();
        await agent.ChooseAsync("How they were recognised", "");
        await agent.ClickAsync("Mark as verified");
        await agent.SeeAsync("Verified");
        return new Uri(agent.Page.Url).AbsolutePath;
    }

    private static string RepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ConsentPortal.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, path);
    }
}
