namespace ConsentPortal.Domain.Campaigns;

/// <summary>From which state a campaign comes to which. There is no other way: <see cref="Campaign"/> refuses it.</summary>
public static class CampaignMoves
{
    private static readonly Dictionary<CampaignStatus, CampaignStatus[]> After = new()
    {
        [CampaignStatus.Draft] = [CampaignStatus.InReview, CampaignStatus.Cancelled],
        [CampaignStatus.InReview] = [CampaignStatus.Draft, CampaignStatus.ChangesRequested, CampaignStatus.Approved, CampaignStatus.Cancelled],
        [CampaignStatus.ChangesRequested] = [CampaignStatus.InReview, CampaignStatus.Cancelled],
        [CampaignStatus.Approved] = [CampaignStatus.Draft, CampaignStatus.Scheduled, CampaignStatus.Preparing, CampaignStatus.Repeating, CampaignStatus.Cancelled],
        [CampaignStatus.Scheduled] = [CampaignStatus.Draft, CampaignStatus.Preparing, CampaignStatus.Paused, CampaignStatus.Cancelled],
        [CampaignStatus.Preparing] = [CampaignStatus.Draft, CampaignStatus.Sending, CampaignStatus.Paused, CampaignStatus.Cancelled],
        [CampaignStatus.Sending] = [CampaignStatus.Paused, CampaignStatus.Finished, CampaignStatus.Cancelled],
        [CampaignStatus.Repeating] = [CampaignStatus.Draft, CampaignStatus.Paused, CampaignStatus.Finished, CampaignStatus.Cancelled],
        [CampaignStatus.Paused] =
        [
            CampaignStatus.Draft, CampaignStatus.Scheduled, CampaignStatus.Preparing, CampaignStatus.Sending, CampaignStatus.Repeating, CampaignStatus.Finished, CampaignStatus.Cancelled,
        ],
        [CampaignStatus.Finished] = [],
        [CampaignStatus.Cancelled] = [],
    };

    public static IReadOnlySet<(CampaignStatus From, CampaignStatus To)> All { get; } = (from move in After from to in move.Value select (move.Key, to)).ToHashSet();

    internal static bool Has(CampaignStatus from, CampaignStatus to) => All.Contains((from, to));
}
