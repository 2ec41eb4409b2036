using ConsentPortal.Application.Consent;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Subscribers;

public static class SubscriberRegistration
{
    public static IServiceCollection AddSubscribers(this IServiceCollection services) => services
        .AddSingleton<SubscriberFactory>()
        .AddSingleton<SubscriberVault>()
        .AddSingleton<AddSubscriber>()
        .AddSingleton<EditSubscriber>()
        .AddSingleton<RevealNumber>()
        .AddSingleton<SubscriberList>()
        .AddSingleton<RecordConsent>()
        .AddSingleton<WithdrawConsent>();
}
