using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports;

/// <summary>Reports on one campaign as it stands, and keeps the hash of the report in the audit trail.</summary>
public sealed class MakeCampaignReport(PortalDatabase database, CampaignDetail campaigns, CampaignProgress progress, TimeProvider clock)
{
    public const string Kind = "campaign-compliance";

    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (!(await campaigns.GetAsync(actor, id, cancellationToken)).TryGet(out var campaign, out var missing))
            return missing;
        if (!(await progress.GetAsync(actor, id, cancellationToken)).TryGet(out var figures, out missing))
            return missing;
        var now = clock.GetUtcNow();
        await using var look = database.Open();
        var report = await new CampaignReportReader(look, id).ReadAsync(campaign, figures, cancellationToken);
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var head = new ReportHead(
                    "Campaign compliance report", campaign.Name, await ReportTrail.OrganisationAsync(db, cancellationToken), actor.Name, now,
                    "All recipients of the campaign", log, ReportTrail.CodeOf(Kind, actor, now, log, [id.ToString()]), Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                return ReportTrail.Finish(db, actor, Kind, CampaignReportDocument.Of(report, head), null, new Dictionary<string, object?>
                {
                    ["campaign"] = id.ToString(), ["texts"] = figures.Texts, ["contentHash"] = campaign.ContentHash,
                });
            },
            cancellationToken);
    }
}
