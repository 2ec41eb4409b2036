using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Policy;

public static class PolicyRegistration
{
    public static IServiceCollection AddPolicy(this IServiceCollection services) => services.AddSingleton<ActivePolicy>();
}
