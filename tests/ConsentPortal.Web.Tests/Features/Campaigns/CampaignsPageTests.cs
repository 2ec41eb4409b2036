using Bunit;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Campaigns;

namespace ConsentPortal.Web.Tests.Features.Campaigns;

/// <summary>Why nothing leaves, above the list of campaigns.</summary>
public sealed class CampaignsPageTests : StaffPageTest
{
    [Fact]
    public async Task Sending_that_receipts_stopped_goes_on_once_somebody_says_what_was_put_right()
    {
        await HoldAsync();
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<CampaignsPage>();

        page.WaitForAssertion(() => Assert.Contains("No credit left.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.True(Button(page).HasAttribute("disabled"));
        await page.Find("[role=alert] input").InputAsync("Topped up the account");
        page.WaitForAssertion(() => Assert.False(Button(page).HasAttribute("disabled")));
        await Button(page).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        Assert.False(await Get<SendingStopNotice>().IsHeldAsync(default));
    }

    [Fact]
    public async Task Whoever_may_not_send_sees_why_and_no_way_to_go_on()
    {
        await HoldAsync();
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<CampaignsPage>();

        page.WaitForAssertion(() => Assert.Contains("No credit left.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Send again", page.Markup, StringComparison.Ordinal);
    }

    private Task HoldAsync() => Database.WriteAsync(
        db => SendingStopNotice.HoldAsync(db, Everybody, "1070", "No credit left.", TimeProvider.System.GetUtcNow(), default), default);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<CampaignsPage> page) => page.FindAll("button").First(button => button.TextContent.Trim() == "Send again");
}
