using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging;

public static class InboxRegistration
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<InboxList>()
        .AddSingleton<DecideInbound>()
        .AddSingleton<SubscriberConversation>()
        .AddSingleton<SubscriberDecisions>();
}
