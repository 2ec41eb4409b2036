using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Settings;
using Microsoft.AspNetCore.Components;

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

    private static string Row(IRenderedComponent<PricesPage> page) => page.FindAll("tbody tr").Single(row => row.TextContent.Contains("Germany", StringComparison.Ordinal)).TextContent;
}
