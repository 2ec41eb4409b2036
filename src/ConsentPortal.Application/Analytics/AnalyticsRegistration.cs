using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Analytics;

public static class AnalyticsRegistration
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddSingleton<Dashboard>()
        .AddSingleton<AttentionList>();
}
