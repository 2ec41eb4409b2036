using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// The segments that a campaign's audience, and those it leaves out, reach through others. Their newest versions are signed with the rest: an edit of one of
/// them changes whom a campaign reaches as an edit of its own segment would.
/// </summary>
internal static class CampaignReach
{
    public static async Task<IReadOnlyList<SegmentAt>> ReadAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        var rules = new List<SegmentRule>();
        foreach (var (id, version) in campaign.Exclusions.Select(e => (e.SegmentId, e.Version)).Prepend((campaign.SegmentId, campaign.SegmentVersion)))
            if (await SegmentAudience.OwnRuleAsync(db, id, version, cancellationToken) is { } rule)
                rules.Add(rule);
        return [.. (await SegmentReach.OfAsync(db, rules, at: null, cancellationToken)).Select(s => s.At)];
    }

    /// <summary>What an approver signs (<see cref="CampaignContent.HashOf"/>).</summary>
    public static async Task<string> HashAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken) =>
        CampaignContent.HashOf(campaign, purpose, await ReadAsync(db, campaign, cancellationToken));

    /// <summary>What a dry run is made for (<see cref="CampaignContent.HashWithoutDryRun"/>).</summary>
    public static async Task<string> HashWithoutDryRunAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken) =>
        CampaignContent.HashWithoutDryRun(campaign, purpose, await ReadAsync(db, campaign, cancellationToken));
}
