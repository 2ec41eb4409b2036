using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Tests.Features.Settings;

public sealed class PricesPageTests : StaffPageTest
{
    [Fact]
    public async Task An_administrator_sets_a_price_and_takes_it_back()
    {
        await SignInAsync(RoleBundle.Administrator);
        var page = Render<PricesPage>();
        page.WaitForAssertion(() => Assert.Contains("Configuration", Row(page), StringComparison.Ordinal));

        await page.Find("button[aria-label='Set the price for Germany']").ClickAsync(new());
        await page.WaitForElement("aside input").InputAsync(new ChangeEventArgs { Value = "0.0735" });
        await page.WaitForElement("aside .reasoned button:not([disabled])").ClickAsync(new());

        page.WaitForAssertion(() => Assert.All(["€ 0.0735", "Carla Mendes", "configuration: € 0.08"], part => Assert.Contains(part, Row(page), StringComparison.Ordinal)));
        await page.Find("button[aria-label='Set the price for Germany']").ClickAsync(new());
        await page.WaitForElements("aside .reasoned button")[1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.DoesNotContain("Carla Mendes", Row(page), StringComparison.Ordinal));
        Assert.Null((await Get<PriceList>().GetAsync(Everybody, default)).Single(r => r.Country == "DE").Own);
    }

    [Fact]
    public async Task A_list_is_shown_against_the_prices_of_now_and_then_set()
    {
        await SignInAsync(RoleBundle.Administrator);
        var page = Render<LoadPricesPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("Country,Euro for one part\nDE,0.06\nGB,0.04\n", "prices.csv"));

        page.WaitForAssertion(() => Assert.Equal(["Germany DE", "€ 0.08", "€ 0.06", "-25 %"], page.FindAll("tbody td").Select(cell => cell.TextContent.Trim())));
        Assert.Contains("1 country of the file has its price already.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(0.08m, await GermanAsync());
        await page.FindAll("button").Single(b => b.TextContent.Trim() == "Set 1 price").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("1 price set.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(0.06m, await GermanAsync());
    }

    [Fact]
    public async Task A_list_with_a_wrong_line_names_it_and_offers_nothing_to_set()
    {
        await SignInAsync(RoleBundle.Administrator);
        var page = Render<LoadPricesPage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("Country,Euro for one part\nDE,0.06\nGB,cheap\n", "prices.csv"));

        page.WaitForAssertion(() => Assert.Equal("Line 3 No price: write euro as a number, such as 0.0735.", page.Find(".lines li").TextContent.Trim()));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Set", StringComparison.Ordinal));
        Assert.Equal(0.08m, await GermanAsync());
    }

    private async Task<decimal?> GermanAsync() => (await Get<PriceList>().GetAsync(Everybody, default)).Single(r => r.Country == "DE").Listed;

    private static string Row(IRenderedComponent<PricesPage> page) => page.FindAll("tbody tr").Single(row => row.TextContent.Contains("Germany", StringComparison.Ordinal)).TextContent;
}
