using Bunit;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Inbox;

public sealed class InboundSimulatorPageTests : StaffPageTest
{
    [Fact]
    public async Task A_text_is_read_while_it_is_typed_and_shows_the_exact_answer()
    {
        await AddPurposeAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<InboundSimulatorPage>();

        page.WaitForElement("textarea").Input("please STOP");

        page.WaitForAssertion(() => Assert.Contains("T3", page.Find(".verdict").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        Assert.NotEmpty(page.Find(".reply").TextContent);
        await using var db = Database.Open();
        Assert.Equal((0, 0), (await db.InboundMessages.CountAsync(), await db.OutboundMessages.CountAsync()));
    }

    [Fact]
    public async Task A_text_is_kept_as_a_case()
    {
        await AddPurposeAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<InboundSimulatorPage>();
        page.WaitForElement("textarea").Input("don't stop, love these");
        page.WaitForElement(".keep button", TimeSpan.FromSeconds(5));

        await page.FindAll(".keep button").Last(b => b.TextContent.Contains("Keep as case", StringComparison.Ordinal)).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("don't stop, love these", page.Find(".cases .case").TextContent));
        await using var db = Database.Open();
        Assert.Equal("none", (await db.KeywordCases.SingleAsync()).Expected);
    }
}
