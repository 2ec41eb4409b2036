using System.Net;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Campaigns;

/// <summary>The file of a campaign's recipients, as a browser gets it.</summary>
public sealed class RecipientsFileTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task Whoever_may_export_gets_those_that_the_address_names_masked_and_uncached()
    {
        var campaign = await CampaignAsync();
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        var all = await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, null, null, null));
        var skipped = await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, nameof(MessageState.Skipped), nameof(SendReason.Suppressed), null));
        var second = await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, null, null, 'B'));

        Assert.Equal((HttpStatusCode.OK, "text/csv", "campaign-recipients.csv"), (all.Status, all.ContentHeaders.ContentType?.MediaType, all.ContentHeaders.ContentDisposition?.FileName));
        Assert.True(all.Headers.CacheControl!.NoStore);
        Assert.Equal(["Delivered", "Skipped"], Rows(all).Select(row => row[4]).Order());
        Assert.All(Rows(all), row => Assert.Contains("•••", row[1], StringComparison.Ordinal));
        Assert.Equal([("Skipped", "Suppressed")], Rows(skipped).Select(row => (row[4], row[5])));
        Assert.Equal(["B"], Rows(second).Select(row => row[3]));
        Assert.Equal([("2", "0.0666"), ("", "")], Rows(all).Select(row => (row[12], row[13])));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var campaign = await CampaignAsync();
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Paths.CampaignRecipientsExport(CampaignId.New(TimeProvider.System.GetUtcNow()), null, null, null))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, null, "NoReason", null))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, nameof(MessageState.Skipped), "1190", null))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, nameof(MessageState.Failed), "1190", null))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.CampaignRecipientsExport(campaign, "undelivered", "1190", null))).Status);
    }

    [Theory]
    [InlineData(Permissions.ViewCampaigns)]
    [InlineData(Permissions.ExportReports)]
    public async Task One_of_the_two_rights_alone_opens_nothing(string only)
    {
        var campaign = await CampaignAsync();
        using var browser = await staff.SignedInAsync(await staff.AddRoleAsync([only]));
        using var stranger = staff.Portal.OpenBrowser();
        var path = Paths.CampaignRecipientsExport(campaign, null, null, null);

        Assert.StartsWith(Paths.AccessDenied, (await browser.GetAsync(path)).Location, StringComparison.Ordinal);
        Assert.StartsWith(Paths.SignIn, (await stranger.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    private static List<string[]> Rows(Hosting.Answer file) => [.. file.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];

    private Task<CampaignId> CampaignAsync() => staff.Portal.Get<PortalDatabase>().WriteAsync(
        async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var (purpose, segment) = (await db.Purposes.OrderBy(p => p.Id).FirstAsync(), await db.Segments.OrderBy(s => s.Id).FirstAsync());
            var campaign = new Campaign
            {
                Id = CampaignId.New(now), Name = "Boots", PurposeId = purpose.Id, SegmentId = segment.Id, SegmentVersion = 1, Body = "Boots", StartAt = now, AuthorId = Guid.CreateVersion7(), CreatedAt = now,
            };
            campaign.Write([("Boots", 1), ("Coats", 1)]);
            db.Campaigns.Add(campaign);
            var people = await db.Subscribers.OrderBy(s => s.Id).Select(s => s.Id).Take(2).ToListAsync();
            db.OutboundMessages.AddRange(Text(campaign, people[0], MessageState.Delivered, null, 'A', now), Text(campaign, people[1], MessageState.Skipped, nameof(SendReason.Suppressed), 'B', now));
            await db.SaveChangesAsync();
            return campaign.Id;
        },
        default);

    private static OutboundMessage Text(Campaign campaign, SubscriberId person, MessageState state, string? reason, char variant, DateTimeOffset now) => new()
    {
        SubscriberId = person, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = Domain.Consent.MessageClass.Marketing, PurposeId = campaign.PurposeId,
        ClientRef = Guid.CreateVersion7().ToString("N"), PlannedAt = now, DueAt = now, State = state, Reason = reason, Variant = variant,
        Parts = state == MessageState.Delivered ? 2 : null, Price = state == MessageState.Delivered ? 0.0666m : null,
    };
}
