using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging.Differences;

public static class DifferenceRegistration
{
    /// <summary>What the provider says beside what is recorded here; the host that serves starts <see cref="CompareWithProvider"/>.</summary>
    public static IServiceCollection AddProviderDifferences(this IServiceCollection services) => services
        .AddSingleton<ProviderDifferenceList>()
        .AddSingleton<ExportProviderDifferences>()
        .AddSingleton<CompareWithProvider>()
        .AddSingleton<CompareNow>()
        .AddSingleton<ApplyProviderBlock>()
        .AddSingleton<ExplainDifference>()
        .AddSingleton<AskProviderForBlocks>()
        .AddSingleton<TakeProviderList>();
}
