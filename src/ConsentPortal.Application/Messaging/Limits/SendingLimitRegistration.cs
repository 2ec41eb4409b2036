using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging.Limits;

public static class SendingLimitRegistration
{
    public static IServiceCollection AddSendingLimits(this IServiceCollection services) => services
        .AddSingleton<SendingLimitList>()
        .AddSingleton<SaveSendingLimit>()
        .AddSingleton<RemoveSendingLimit>()
        .AddSingleton<ReleaseSendingHold>();
}
