using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging.Balance;

public static class BalanceRegistration
{
    /// <summary>The money at the provider; the host that serves starts <see cref="WatchBalance"/>.</summary>
    public static IServiceCollection AddProviderBalance(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BalanceOptions>().BindConfiguration(BalanceOptions.Section).ValidateDataAnnotations();
        return services.AddSingleton<WatchBalance>();
    }
}
