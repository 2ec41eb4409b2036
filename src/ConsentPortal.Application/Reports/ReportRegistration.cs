using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Reports;

public static class ReportRegistration
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<OrganisationName>()
        .AddSingleton<MadeReports>()
        .AddSingleton<MakeConsentProof>()
        .AddSingleton<MakeCampaignReport>();
}
