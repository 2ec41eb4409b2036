using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Features.Policy;
using ConsentPortal.Web.Features.Segments;
using ConsentPortal.Web.Features.PrivacyRequests;

namespace ConsentPortal.Web.Hosting;

/// <summary>The table of contents: everything that pages, webhooks, jobs and the command line call.</summary>
internal static class PortalServices
{
    public static IServiceCollection AddPortal(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var folders = PortalFolders.From(configuration, environment, AppContext.BaseDirectory);
        return services
            .AddSingleton(TimeProvider.System)
            .AddPortalDatabase(configuration, folders)
            .AddStaff()
            .AddAudit()
            .AddSubscribers()
            .AddImports()
            .AddPurposes()
            .AddPreferences()
            .AddPolicy()
            .AddInbox()
            .AddReceipts()
            .AddProviderDifferences()
            .AddDoubts()
            .AddTextTemplates()
            .AddSegments()
            .AddCampaigns()
            .AddDispatch()
            .AddSendingLimits()
            .AddProviderBalance()
            .AddReports()
            .AddPrivacyRequests()
            .AddRetention()
            .AddBreaches()
            .AddSingleton<CampaignActs>()
            .AddPolicyPages()
            .AddSegmentPages()
            .AddSingleton<LetterActs>()
            .AddSingleton<RequestActs>()
            .AddSingleton<UnrecordedActs>()
            .AddSingleton<ReviewActs>()
            .AddVonage()
            .AddSimulator()
            .AddAnalytics()
            .AddDemo();
    }

    /// <summary>What works on its own while the portal runs; a verb of the command line starts none of it.</summary>
    public static IServiceCollection AddPortalJobs(this IServiceCollection services) => services
        .AddHostedService(provider => provider.GetRequiredService<SimulatorHost>())
        .AddHostedService(provider => provider.GetRequiredService<AuditSealer>())
        .AddHostedService(provider => provider.GetRequiredService<VerifyAuditNightly>())
        .AddHostedService(provider => provider.GetRequiredService<CampaignPlanner>())
        .AddHostedService(provider => provider.GetRequiredService<CampaignAutoStop>())
        .AddHostedService(provider => provider.GetRequiredService<MessageDispatcher>())
        .AddHostedService(provider => provider.GetRequiredService<ReadUnfinishedTexts>())
        .AddHostedService(provider => provider.GetRequiredService<TakeUnreviewedAsOptOut>())
        .AddHostedService(provider => provider.GetRequiredService<ExpireConsents>())
        .AddHostedService(provider => provider.GetRequiredService<EndOrphanedImports>())
        .AddHostedService(provider => provider.GetRequiredService<ClearUnfinishedLists>())
        .AddHostedService(provider => provider.GetRequiredService<CompareWithProvider>())
        .AddHostedService(provider => provider.GetRequiredService<AskProviderAgain>())
        .AddHostedService(provider => provider.GetRequiredService<WatchBalance>())
        .AddHostedService(provider => provider.GetRequiredService<RunRetention>())
        .AddHostedService(provider => provider.GetRequiredService<RunReportSchedules>());
}
