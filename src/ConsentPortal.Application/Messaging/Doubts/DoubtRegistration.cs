using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging.Doubts;

public static class DoubtRegistration
{
    /// <summary>What staff do about texts of which nobody knows whether they left.</summary>
    public static IServiceCollection AddDoubts(this IServiceCollection services) => services
        .AddSingleton<DoubtList>()
        .AddSingleton<SettleDoubts>()
        .AddSingleton<AskWhatBecame>()
        .AddSingleton<ExportDoubts>();
}
