namespace ConsentPortal.Domain.Campaigns;

public enum CampaignStatus
{
    Draft = 1,
    InReview = 2,
    ChangesRequested = 3,
    Approved = 4,
    Scheduled = 5,
    Preparing = 6,
    Sending = 7,
    Paused = 8,
    Finished = 9,
    Cancelled = 10,

    /// <summary>Makes runs by itself, each a campaign of its own.</summary>
    Repeating = 11,
}
