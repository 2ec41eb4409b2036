using ConsentPortal.Web.Tests.Hosting;

namespace ConsentPortal.Web.Tests.PublicPages;

public sealed class QuickFormTests
{
    private const int DemoPeople = 5;

    [Fact]
    public async Task A_form_that_comes_back_faster_than_anybody_reads_is_asked_again()
    {
        await using var portal = await StartedPortal.StartAsync("Development", null, "--PublicPages:ShortestFill", "00:01:00");
        using var browser = portal.OpenBrowser();

        var page = await browser.SubmitAsync(OutsidePortal.Offers, "join", ("Input.Country", "US"), ("Input.Phone", "+12127365000"), ("Input.Agrees", "true"));

        Assert.StartsWith("That was faster than people usually read.", page.Problem, StringComparison.Ordinal);
        await using var db = portal.Open();
        Assert.Equal(DemoPeople, db.Subscribers.Count());
    }
}
