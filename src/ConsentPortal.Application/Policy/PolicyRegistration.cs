using ConsentPortal.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsentPortal.Application.Policy;

public static class PolicyRegistration
{
    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.TryAddSingleton<PastFactsReader>();
        services.TryAddSingleton<Leases>();
        return services
            .AddSingleton<ActivePolicy>()
            .AddSingleton<PolicyVersions>()
            .AddSingleton<StartPolicyDraft>()
            .AddSingleton<EditPolicyDraft>()
            .AddSingleton<AbandonPolicyDraft>()
            .AddSingleton<SimulatePolicy>()
            .AddSingleton<SimulatedTextList>()
            .AddSingleton<AskForActivation>()
            .AddSingleton<ActivatePolicy>()
            .AddSingleton<TakeBackActivation>()
            .AddSingleton<PastDecisions>();
    }
}
