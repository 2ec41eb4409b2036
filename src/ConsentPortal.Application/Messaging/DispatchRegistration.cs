using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging;

public static class DispatchRegistration
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations();
        return services
            .AddSingleton<DispatchQueue>()
            .AddSingleton<DispatchDecisions>()
            .AddSingleton<HandOver>()
            .AddSingleton<DispatchOutcomes>()
            .AddSingleton<SendingStopNotice>()
            .AddSingleton<MessagesInDoubt>()
            .AddSingleton<MessageDispatcher>();
    }
}
