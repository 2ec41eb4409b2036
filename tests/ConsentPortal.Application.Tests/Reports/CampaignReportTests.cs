using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class CampaignReportTests
{
    [Fact]
    public async Task A_campaign_report_accounts_for_everybody_with_rules_and_their_sources()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await CampaignDesk.OpenAsync(portal);
        await desk.PeopleAsync(5);
        var id = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        await portal.Database.WriteAsync(db => MarkAsync(db, id), default);
        await portal.SealAsync();

        var file = (await portal.Get<MakeCampaignReport>().ExecuteAsync(portal.Staff, id, default)).Value;
        var text = PdfText.Of(file.Bytes);

        Assert.Contains("November news", text, StringComparison.Ordinal);
        Assert.Contains("Mara Lindt", text, StringComparison.Ordinal);
        Assert.Contains("Ben Oduya, 24 Nov 2026, 17:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains("The same, byte for byte", text, StringComparison.Ordinal);
        Assert.Contains("Quiet hours US-09", text, StringComparison.Ordinal);
        Assert.Contains("64.1200(c)(1)", text, StringComparison.Ordinal);
        Assert.Contains("United States 5 3 3 2", text, StringComparison.Ordinal);
        Assert.Contains("Total 5", text, StringComparison.Ordinal);
        Assert.Equal(file.Sha256, (await portal.AuditAsync("report.made")).Single().GetProperty("after").GetProperty("sha256").GetString());
    }

    private static async Task MarkAsync(Application.Database.PortalDbContext db, Domain.Campaigns.CampaignId id)
    {
        var texts = await db.OutboundMessages.Where(m => m.CampaignId == id).OrderBy(m => m.Id).ToListAsync();
        for (var i = 0; i < texts.Count; i++)
        {
            if (i < 3)
                (texts[i].State, texts[i].SentAt, texts[i].Parts) = (MessageState.Delivered, PeoplePortal.Noon.AddMinutes(i), 1);
            else
                (texts[i].State, texts[i].Reason, texts[i].Rule) = (MessageState.Skipped, "QuietHours", "US-09");
        }
    }
}
