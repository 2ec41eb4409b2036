using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddSingleton<DemoProgress>()
        .AddSingleton<DemoStaff>()
        .AddSingleton<DemoPurposes>()
        .AddSingleton<DemoLimits>()
        .AddSingleton<DemoPeople>()
        .AddSingleton<DemoPrompts>()
        .AddSingleton<DemoCampaigns>()
        .AddSingleton<DemoSent>()
        .AddSingleton<DemoKinds>()
        .AddSingleton<DemoInbox>()
        .AddSingleton<DemoRequests>()
        .AddSingleton<DemoEvidence>()
        .AddSingleton<DemoTemplates>()
        .AddSingleton<DemoDifferences>()
        .AddSingleton<DemoPortal>();
}
