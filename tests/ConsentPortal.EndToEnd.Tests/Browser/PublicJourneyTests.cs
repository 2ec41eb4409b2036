using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>One person from the form to the proof: what they do themselves, what their telephone says, and what a third party can check afterwards.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class PublicJourneyTests(PortalBrowser portal)
{
    private const string Handset = "+12127365001";
    private const string Words = "I agree that Aurora Outfitters may send me recurring automated texts";

    [Fact]
    public async Task A_visitor_joins_chooses_stops_and_can_be_proven_to_have()
    {
        await using var visitor = await portal.OpenAsync(width: 390, height: 844);
        await using var phone = await portal.SignInAsync("support@demo.example");
        await JoinAsync(visitor);
        await ConfirmAsync(phone);
        await ChooseWeeklyAsync(visitor, phone);
        await phone.ClickAsync("STOP");
        await phone.SeeAsync("you are unsubscribed");
        await VerifyAsync(visitor, await CertifyAsync());
        Assert.Empty(visitor.Problems);
        Assert.Empty(phone.Problems);
    }

    private static async Task JoinAsync(Visit visitor)
    {
        await visitor.GoAsync("/join/offers");
        await visitor.Page.SelectOptionAsync("#country", "US");
        await visitor.FillAsync("Mobile number", "12");
        await visitor.Page.Locator("#first-name").FocusAsync();
        await visitor.SeeAsync("The number has too few digits for its country.");
        await visitor.FillAsync("Mobile number", Handset);
        await visitor.FillAsync("First name (optional)", "Noor");
        await visitor.SeeAsync("A number in United States.");
        await visitor.Page.GetByLabel(Words).CheckAsync();
        // Faster than two seconds the form takes nobody for a reader.
        await visitor.Page.WaitForTimeoutAsync(2_000);
        await visitor.ShootAsync("public-join-filled-light-390");
        await visitor.ClickAsync("Send me the confirmation text");
        await visitor.SeeAsync("Look at your phone");
        await visitor.ShootAsync("public-join-sent-light-390");
    }

    private static async Task ConfirmAsync(Visit phone)
    {
        await phone.GoAsync("/dev/phone");
        await phone.Page.GetByPlaceholder("+1 212 555 2368").FillAsync(Handset);
        await phone.ClickAsync("Open");
        await phone.SeeAsync("reply YES to confirm");
        await phone.ClickAsync("YES");
        await phone.SeeAsync("you are in for texts about offers and news");
    }

    private static async Task ChooseWeeklyAsync(Visit visitor, Visit phone)
    {
        await visitor.GoAsync("/preferences");
        await visitor.Page.SelectOptionAsync("#country", "US");
        await visitor.FillAsync("Mobile number", Handset);
        await visitor.ClickAsync("Text me a code");
        await visitor.SeeAsync("a code is on its way");
        await phone.SeeAsync("your code for your text preferences is").WaitAsync(TimeSpan.FromSeconds(30));
        var said = await phone.Page.Locator(".talk").InnerTextAsync();
        await visitor.FillAsync("Code from the text (6 digits)", Code().Match(said).Groups["code"].Value);
        await visitor.ClickAsync("Confirm");
        await visitor.SeeAsync("You have confirmed this number with a code.");
        await visitor.ShootAsync("public-preferences-light-390");
        await visitor.Page.SelectOptionAsync("#frequency", "Weekly");
        await visitor.ClickAsync("Save");
        await visitor.SeeAsync("Saved.");
        Assert.Equal("Weekly", await visitor.Page.Locator("#frequency").InputValueAsync());
    }

    /// <summary>Staff find the person and print the certificate.</summary>
    /// <returns>The code on it.</returns>
    private async Task<string> CertifyAsync()
    {
        await using var officer = await portal.SignInAsync("compliance@demo.example");
        await officer.Page.Locator("#global-search").FillAsync(Handset);
        await officer.Page.Locator("#global-search").PressAsync("Enter");
        await officer.Page.WaitForURLAsync("**/subscribers");
        // Until the search is done the list still shows everybody.
        await Assertions.Expect(officer.Page.Locator("main tbody tr")).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
        await officer.Page.Locator("main a[href^='/subscribers/']:not([href$='/add'])").First.ClickAsync();
        await officer.Page.WaitForURLAsync("**/subscribers/*-*");
        await officer.GoAsync($"{new Uri(officer.Page.Url).AbsolutePath}?tab=consent");
        await officer.Page.Locator("main .chip, main .mud-chip, main span").Filter(new LocatorFilterOptions { HasText = "Withdrawn" }).First.WaitForAsync();
        await officer.ShootAsync("public-journey-consent-light-1280");
        var text = PdfText.Of(await officer.DownloadAsync(() => officer.Page.Locator("a[href*='/reports/consent-proof/']").First.ClickAsync()));
        Assert.Contains(Words, text);
        Assert.Contains("Web form", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Hosted form /join/offers", text);
        Assert.Contains("How the owner of the number confirmed it", text);
        Assert.Contains("reply YES to confirm", text);
        Assert.Contains("This person had agreed and withdrew on", text);
        Assert.Contains("/verify/", text);
        Assert.DoesNotContain(Handset, text);
        Assert.Empty(officer.Problems);
        return ReportCode().Match(text).Value;
    }

    private static async Task VerifyAsync(Visit visitor, string code)
    {
        await visitor.GoAsync("/verify");
        await visitor.FillAsync("Code", code);
        await visitor.ClickAsync("Check");
        await visitor.SeeAsync("Genuine: this document was made here.");
        await visitor.SeeAsync("Certificate of consent");
        await visitor.ShootAsync("public-verify-light-390");
    }

    [GeneratedRegex(@"text preferences is (?<code>\d{6})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.None, 1000)]
    private static partial Regex ReportCode();
}
