using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Messaging;

public static class InboxRegistration
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<InboundOptions>().BindConfiguration(InboundOptions.Section).ValidateDataAnnotations();
        return services
            .AddSingleton<SendingGate>()
            .AddSingleton<InboundConsents>()
            .AddSingleton<StopQuestion>()
            .AddSingleton<InboundActions>()
            .AddSingleton<InboundRequests>()
            .AddSingleton<InboundReading>()
            .AddSingleton<LongTexts>()
            .AddSingleton<ReceiveInboundMessage>()
            .AddSingleton<ReadUnfinishedTexts>()
            .AddSingleton<InboxList>()
            .AddSingleton<OpenInbox>()
            .AddSingleton<DecideInbound>()
            .AddSingleton<TakeUnreviewedAsOptOut>()
            .AddSingleton<TryInboundText>()
            .AddSingleton<KeywordCases>()
            .AddSingleton<SaveKeywordCase>()
            .AddSingleton<RemoveKeywordCase>()
            .AddSingleton<SubscriberConversation>()
            .AddSingleton<SubscriberDecisions>()
            .AddSingleton<PlanServiceText>()
            .AddSingleton<ServiceTexts>();
    }
}
