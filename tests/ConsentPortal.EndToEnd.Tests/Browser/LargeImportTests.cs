using System.Globalization;
using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>A list that is too large for one person's word: brought by one, approved by another, taken back again.</summary>
[Collection(BrowserTests.Name)]
public sealed class LargeImportTests(PortalBrowser portal)
{
    [Fact]
    public async Task A_large_list_waits_for_a_second_person_runs_once_and_can_be_taken_back()
    {
        string address;
        await using (var marketer = await portal.SignInAsync("marketer@demo.example"))
        {
            await marketer.GoAsync("/imports/new");
            await marketer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "partners.csv", MimeType = "text/csv", Buffer = List() });
            await marketer.ClickAsync("Judge every row");
            await marketer.SeeAsync("numbers follow each other without a gap");
            await marketer.ShootAsync("import-proposal-light-1280");
            await marketer.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Submit .* for approval$") }).ClickAsync();
            await marketer.SeeAsync("Your role does not approve imports");
            await marketer.ShootAsync("import-waiting-light-1280");
            address = new Uri(marketer.Page.Url).AbsolutePath;
            Assert.Empty(marketer.Problems);
        }

        await using var compliance = await portal.SignInAsync("compliance@demo.example", isDark: true);
        await compliance.GoAsync(address);
        await compliance.ClickAsync("Approve and import");
        await compliance.SeeAsync("Take it back");
        await compliance.ShootAsync("import-done-dark-1280");
        Assert.Empty(await compliance.AxeAsync());
        await compliance.FillAsync("Why it is taken back", "The wrong partner's list");
        await compliance.ClickAsync("Take the import back");
        await compliance.SeeAsync("1,200 people removed");
        Assert.Empty(compliance.Problems);
    }

    [Fact]
    public async Task The_account_menu_signs_out()
    {
        await using var visit = await portal.SignInAsync("auditor@demo.example");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Account of") }).ClickAsync();
        await visit.ClickAsync("Sign out");
        await visit.Page.WaitForURLAsync("**/account/sign-in");

        await visit.GoAsync("/audit");
        Assert.Contains("/account/sign-in", visit.Page.Url, StringComparison.Ordinal);
    }

    private static byte[] List() => System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 1_200)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"+4477{12_000_000 + i:D8},Ann{i},web form"))
        .Prepend("Mobile,First name,Source")));
}
