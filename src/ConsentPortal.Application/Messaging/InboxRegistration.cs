using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging;

public static class InboxRegistration
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<SendingGate>()
        .AddSingleton<InboundConsents>()
        .AddSingleton<InboundActions>()
        .AddSingleton<ReceiveInboundMessage>()
        .AddSingleton<InboxList>()
        .AddSingleton<DecideInbound>()
        .AddSingleton<SubscriberConversation>()
        .AddSingleton<SubscriberDecisions>();
}
