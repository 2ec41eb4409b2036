using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
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
        .AddSingleton<ChangeNumber>()
        .AddSingleton<TrustNumber>()
        .AddSingleton<LookUpNumber>()
            .AddSingleton<LookUpSuspectNumbers>()
        .AddSingleton<MergeSubscribers>()
        .AddSingleton<RelatedRecords>()
        .AddSingleton<RecordReassignedAnswers>()
        .AddSingleton<SubscriberList>()
        .AddSingleton<SubscriberDetail>()
        .AddSingleton<OpenSubscriber>()
        .AddSingleton<SubscriberTimeline>()
        .AddSingleton<WhoLookedAtMe>()
        .AddSingleton<FrequencyOfPerson>()
        .AddSingleton<TextNow>()
        .AddSingleton<SendFactsReader>()
        .AddSingleton<RecordConsent>()
        .AddSingleton<WithdrawConsent>();
}
