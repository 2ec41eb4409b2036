namespace ConsentPortal.Web.Features.Segments;

internal static class SegmentPages
{
    public static IServiceCollection AddSegmentPages(this IServiceCollection services) => services
        .AddSingleton<FreezeRuns>()
        .AddHostedService(provider => provider.GetRequiredService<FreezeRuns>());
}
