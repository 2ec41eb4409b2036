using System.Net;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Segments;

/// <summary>The file of a segment's people, as a browser gets it.</summary>
public sealed class SegmentFileTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task Whoever_may_export_gets_it_masked_and_uncached_and_without_full_numbers()
    {
        var segment = await SegmentAsync();
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        var masked = await browser.GetAsync(Paths.SegmentFile(segment));

        Assert.Equal((HttpStatusCode.OK, "text/csv", "segment-people.csv"), (masked.Status, masked.ContentHeaders.ContentType?.MediaType, masked.ContentHeaders.ContentDisposition?.FileName));
        Assert.True(masked.Headers.CacheControl!.NoStore);
        Assert.StartsWith(Paths.AccessDenied, (await browser.GetAsync(Paths.FullSegmentFile(segment, "Printed letters"))).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Paths.SegmentFile(SegmentId.New(TimeProvider.System.GetUtcNow())))).Status);
    }

    [Theory]
    [InlineData(Permissions.ViewSegments, Permissions.ViewSubscribers)]
    [InlineData(Permissions.ViewSegments, Permissions.ExportReports)]
    [InlineData(Permissions.ViewSubscribers, Permissions.ExportReports)]
    public async Task Two_of_the_three_rights_open_nothing(string one, string other)
    {
        var segment = await SegmentAsync();
        using var browser = await staff.SignedInAsync(await staff.AddRoleAsync([one, other]));
        using var stranger = staff.Portal.OpenBrowser();

        Assert.StartsWith(Paths.AccessDenied, (await browser.GetAsync(Paths.SegmentFile(segment))).Location, StringComparison.Ordinal);
        Assert.StartsWith(Paths.SignIn, (await stranger.GetAsync(Paths.SegmentFile(segment))).Location, StringComparison.Ordinal);
    }

    private async Task<SegmentId> SegmentAsync()
    {
        await using var db = staff.Portal.Get<PortalDatabase>().Open();
        return await db.Segments.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync();
    }
}
