using Bunit;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Dashboard;

namespace ConsentPortal.Web.Tests.Features.Dashboard;

/// <summary>The money at the provider on the first page.</summary>
public sealed class DashboardPageTests : StaffPageTest
{
    [Fact]
    public async Task Little_money_at_the_provider_is_a_tile_and_waits_for_somebody()
    {
        await KeepAsync(12.5m);
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<DashboardPage>();

        page.WaitForAssertion(() => Assert.Contains("€ 12.50 left: top it up", page.Find(".attention").TextContent, StringComparison.Ordinal));
        Assert.Contains("Left at the provider", page.Find(".tiles").TextContent, StringComparison.Ordinal);
        Assert.Contains("told 24 Nov 2026, 17:00 UTC", page.Find(".tiles").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enough_money_is_only_a_tile_and_without_a_figure_there_is_none()
    {
        await SignInAsync(RoleBundle.Marketer);
        var before = Render<DashboardPage>();
        before.WaitForAssertion(() => Assert.NotEmpty(before.FindAll(".tiles")));
        Assert.DoesNotContain("Left at the provider", before.Markup, StringComparison.Ordinal);

        await KeepAsync(250m);
        var page = Render<DashboardPage>();

        page.WaitForAssertion(() => Assert.Contains("€ 250.00", page.Find(".tiles").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("top it up", page.Markup, StringComparison.Ordinal);
    }

    private Task KeepAsync(decimal amount) => Database.WriteAsync(
        db => new KnownBalance(amount, RefillsItself: false, new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero), WarnBelow: 50).KeepAsync(db, default), default);
}
