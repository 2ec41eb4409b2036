using System.Net;
using ConsentPortal.Web.Tests.Hosting;

namespace ConsentPortal.Web.Tests.Account;

public sealed class SignInLimitTests : IAsyncLifetime
{
    private const int Tries = 5;

    private StartedPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await StartedPortal.StartAsync("Development", null, "--SignIn:TriesPerAddress", "5");

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Many_accounts_cannot_be_tried_from_one_address_and_the_page_says_when_to_come_back()
    {
        using var browser = _portal.OpenBrowser();
        for (var i = 0; i < Tries; i++)
            Assert.StartsWith("The mail address or the password is wrong.", (await StaffedPortal.SignInAsync(browser, $"nobody{i}@staff.example", "not the password")).Problem, StringComparison.Ordinal);

        var refused = await StaffedPortal.SignInAsync(browser, "nobody@staff.example", "not the password");

        Assert.Equal((HttpStatusCode.TooManyRequests, "A moment, please"), (refused.Status, refused.Heading));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.SignIn)).Status);
    }
}
