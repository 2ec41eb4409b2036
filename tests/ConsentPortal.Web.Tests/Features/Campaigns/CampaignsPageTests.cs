using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Campaigns;

namespace ConsentPortal.Web.Tests.Features.Campaigns;

/// <summary>The list of campaigns.</summary>
public sealed class CampaignsPageTests : StaffPageTest
{
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
}
