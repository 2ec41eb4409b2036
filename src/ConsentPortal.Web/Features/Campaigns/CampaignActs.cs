using ConsentPortal.Application.Campaigns;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>What can be done with a campaign from its page, in one hand.</summary>
public sealed record CampaignActs(
    SubmitCampaign Submit, ApproveCampaign Approve, RequestChanges RequestChanges, LaunchCampaign Launch, PauseCampaign Pause, ResumeCampaign Resume, ReleaseRun Release, TakeBackCampaign TakeBack, CancelCampaign Cancel);
