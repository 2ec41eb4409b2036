namespace ConsentPortal.Web.Features.Policy;

internal static class PolicyPages
{
    public static IServiceCollection AddPolicyPages(this IServiceCollection services) => services
        .AddSingleton<PolicyActs>()
        .AddSingleton<SimulationRuns>()
        .AddHostedService(provider => provider.GetRequiredService<SimulationRuns>());
}
