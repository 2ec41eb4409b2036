using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsentPortal.Application.Campaigns;

public static class CampaignRegistration
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.TryAddSingleton<Leases>();
        services.TryAddSingleton<SendingStopNotice>();
        services.TryAddSingleton<SendAgain>();
        services.AddOptionsWithValidateOnStart<PriceOptions>().BindConfiguration(PriceOptions.Section).ValidateDataAnnotations();
        return services
            .AddSingleton<PartPrices>()
            .AddSingleton<PriceList>()
            .AddSingleton<SetListPrice>()
            .AddSingleton<LoadListPrices>()
            .AddSingleton<ExportListPrices>()
            .AddSingleton<CampaignList>()
            .AddSingleton<CampaignDetail>()
            .AddSingleton<CampaignProgress>()
            .AddSingleton<CampaignFeed>()
            .AddSingleton<CampaignRecipients>()
            .AddSingleton<ExportCampaignRecipients>()
            .AddSingleton<AttributeFields>()
            .AddSingleton<CampaignPreview>()
            .AddSingleton<CampaignPurpose>()
            .AddSingleton<CampaignAudienceCount>()
            .AddSingleton<PreviewForPerson>()
            .AddSingleton<CampaignLint>()
            .AddSingleton<SaveCampaign>()
            .AddSingleton<RunDryRun>()
            .AddSingleton<SubmitCampaign>()
            .AddSingleton<ApproveCampaign>()
            .AddSingleton<RequestChanges>()
            .AddSingleton<LaunchCampaign>()
            .AddSingleton<ReleaseRun>()
            .AddSingleton<CampaignRuns>()
            .AddSingleton<PauseCampaign>()
            .AddSingleton<ResumeCampaign>()
            .AddSingleton<TakeBackCampaign>()
            .AddSingleton<CancelCampaign>()
            .AddSingleton<LinkTokens>()
            .AddSingleton<ShortLinks>()
            .AddSingleton<OpenTrackedLink>()
            .AddSingleton<StaffNumberVault>()
            .AddSingleton<StaffNumberList>()
            .AddSingleton<StaffTexter>()
            .AddSingleton<TextStaffCode>()
            .AddSingleton<VerifyStaffNumber>()
            .AddSingleton<RemoveStaffNumber>()
            .AddSingleton<SendTest>()
            .AddSingleton<CampaignAutoStop>()
            .AddSingleton<CampaignPlanner>();
    }
}
