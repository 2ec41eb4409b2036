using Bunit;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Settings;

public sealed class SendingLimitPageTests : StaffPageTest
{
    [Fact]
    public async Task Without_limits_the_page_says_the_next_step_and_without_an_account_that_nothing_is_sent()
    {
        await SignInAsync(RoleBundle.Administrator);

        var page = Render<SendingLimitsPage>();

        page.WaitForAssertion(() => Assert.Contains("Enter the first limit", page.Markup, StringComparison.Ordinal));
        Assert.Contains("No account at the provider is set up", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_entered_and_stands_in_the_list()
    {
        await SignInAsync(RoleBundle.Administrator);
        await AddPurposeAsync();
        var page = Render<SendingLimitPage>();
        Assert.Contains("Give parts a minute or a day.", page.WaitForElement(".reasoned").TextContent, StringComparison.Ordinal);

        await page.FindComponents<MudNumericField<int?>>().Single(f => f.Instance.Label == "Parts a minute").Find("input").InputAsync(new() { Value = "75" });
        await page.WaitForElement(".reasoned button:not([disabled])").ClickAsync(new());

        var list = Render<SendingLimitsPage>();
        list.WaitForAssertion(() => Assert.Contains("75", list.Find("td[data-label='Parts a minute']").TextContent, StringComparison.Ordinal));
        Assert.Equal("All together", list.Find("td[data-label='Carrier']").TextContent.Trim());
    }

    [Fact]
    public async Task What_a_carrier_holds_back_is_said_and_can_be_sent_on()
    {
        await SignInAsync(RoleBundle.Administrator);
        var held = new SendingLimit { Id = Guid.CreateVersion7(), Sender = "+12025550111", Carrier = "Network 310260", Country = "US", Networks = "310260", Zone = "America/Los_Angeles" };
        held.HoldForTheDay(TimeProvider.System.GetUtcNow());
        await Database.WriteAsync(db => Task.FromResult(db.SendingLimits.Add(held)), default);
        var page = Render<SendingLimitsPage>();
        page.WaitForAssertion(() => Assert.Contains("Held by the carrier", page.Markup, StringComparison.Ordinal));

        await page.Find("button[aria-label='Send on from +12025550111']").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Open", page.Find("td[data-label='State']").TextContent, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Null((await db.SendingLimits.SingleAsync()).HeldUntil);
    }

    [Fact]
    public async Task A_limit_goes_at_the_second_word()
    {
        await SignInAsync(RoleBundle.Administrator);
        await AddPurposeAsync();
        await Get<SaveSendingLimit>().ExecuteAsync(Everybody, null, new SendingLimitDraft("+12025550147", null, null, null, 60, null, "Europe/Berlin"), default);
        var page = Render<SendingLimitsPage>();

        await page.WaitForElement("tbody button").ClickAsync(new());
        Assert.Single((await Get<SendingLimitList>().GetAsync(Everybody, default)).Limits);
        await page.Find("tbody button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No sender has a limit yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_limit_that_was_removed_meanwhile_is_said_to_be_gone()
    {
        await SignInAsync(RoleBundle.Administrator);

        var page = Render<SendingLimitPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));

        page.WaitForAssertion(() => Assert.Contains("not there any more", page.Markup, StringComparison.Ordinal));
    }
}
