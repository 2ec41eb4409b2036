using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Campaigns;

namespace ConsentPortal.Web.Tests.Features.Campaigns;

/// <summary>The list of campaigns, and why nothing leaves above it.</summary>
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

    [Fact]
    public async Task A_start_by_each_persons_clock_is_told_as_that_time_and_not_as_an_instant()
    {
        var (purpose, _) = await AddPurposeAsync();
        var author = (await Get<StaffActors>().FindAsync((await SignInAsync(RoleBundle.Marketer)).Id, default))!;
        var segment = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value;
        var first = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(14));
        var edit = new CampaignEdit(null, Guid.Empty, "Everywhere at nine", purpose.Id, segment, "Aurora: come in. {{ stopLine }}", null, first.ToUniversalTime(), null);
        await Get<SaveCampaign>().ExecuteAsync(author, edit with { StartsLocally = true }, default);
        await Get<SaveCampaign>().ExecuteAsync(author, edit with { Name = "At once" }, default);

        var page = Render<CampaignsPage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("td[data-label=Start]").Count), TimeSpan.FromSeconds(10));
        Assert.Equal(
            ["1 Dec 2026, 09:00 local time", "30 Nov 2026, 19:00"],
            page.FindAll("td[data-label=Start]").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_campaign_is_found_by_a_part_of_its_name_and_the_numbers_of_each_status_are_of_what_was_found()
    {
        var (purpose, _) = await AddPurposeAsync();
        var author = (await Get<StaffActors>().FindAsync((await SignInAsync(RoleBundle.Marketer)).Id, default))!;
        var segment = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value;
        var edit = new CampaignEdit(null, Guid.Empty, "\u00c9t\u00e9 in Lyon", purpose.Id, segment, "Aurora: come in. {{ stopLine }}", null, TimeProvider.System.GetUtcNow().AddDays(1), null);
        await Get<SaveCampaign>().ExecuteAsync(author, edit, default);
        await Get<SaveCampaign>().ExecuteAsync(author, edit with { Name = "Winter" }, default);
        var page = Render<CampaignsPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("a.name").Count), TimeSpan.FromSeconds(10));

        await page.Find("input[aria-label='Search campaigns']").InputAsync("\u00e9t\u00e9");

        page.WaitForAssertion(() => Assert.Equal("\u00c9t\u00e9 in Lyon", Assert.Single(page.FindAll("a.name")).TextContent), TimeSpan.FromSeconds(10));
        Assert.Equal("Draft 1", page.Find("nav.statuses").TextContent.Trim());
        await page.Find("input[aria-label='Search campaigns']").InputAsync("autumn");
        page.WaitForAssertion(() => Assert.Contains("No campaign matches", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    private Task HoldAsync() => Database.WriteAsync(
        db => SendingStopNotice.HoldAsync(db, Everybody, "1070", "No credit left.", TimeProvider.System.GetUtcNow(), default), default);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<CampaignsPage> page) => page.FindAll("button").First(button => button.TextContent.Trim() == "Send again");
}
