using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsentPortal.Application.Campaigns;

public static class CampaignRegistration
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.TryAddSingleton<Leases>();
        return services
            .AddSingleton<CampaignList>()
            .AddSingleton<CampaignDetail>()
            .AddSingleton<CampaignProgress>()
            .AddSingleton<CampaignRecipients>()
            .AddSingleton<ExportCampaignRecipients>()
            .AddSingleton<CampaignPreview>()
            .AddSingleton<CampaignLint>()
            .AddSingleton<SaveCampaign>()
            .AddSingleton<RunDryRun>()
            .AddSingleton<SubmitCampaign>()
            .AddSingleton<ApproveCampaign>()
            .AddSingleton<RequestChanges>()
            .AddSingleton<LaunchCampaign>()
            .AddSingleton<PauseCampaign>()
            .AddSingleton<ResumeCampaign>()
            .AddSingleton<CancelCampaign>()
            .AddSingleton<LinkTokens>()
            .AddSingleton<ShortLinks>()
            .AddSingleton<OpenTrackedLink>()
            .AddSingleton<CampaignPlanner>();
    }
}
