using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Simulator;

public static class SimulatorRegistration
{
    /// <summary>
    /// The simulated provider of section <c>Simulator</c>, and the account of section <c>Vonage</c> pointed at it while it
    /// is on. The host that serves starts <see cref="SimulatorHost"/> as a service; a verb of the command line does not.
    /// </summary>
    public static IServiceCollection AddSimulator(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SimulatorHostOptions>().BindConfiguration(SimulatorHostOptions.Section)
            .Validate(options => options.Port is >= 0 and <= 65_535, "Simulator:Port must be between 0 (any free port) and 65535.");
        services.AddSingleton<SimulatorHost>();
        services.AddSingleton<IPostConfigureOptions<VonageOptions>, SimulatedAccount>();
        return services;
    }

    private sealed class SimulatedAccount(SimulatorHost host) : IPostConfigureOptions<VonageOptions>
    {
        public void PostConfigure(string? name, VonageOptions options)
        {
            if (host is not { Simulator: { } simulator, Account: { } account })
                return;
            options.BaseUrl = options.SmsBaseUrl = options.InsightsBaseUrl = simulator.Address.AbsoluteUri;
            (options.ApiKey, options.ApiSecret, options.SignatureSecret) = (account.ApiKey, account.ApiSecret, account.SignatureSecret);
            (options.ApplicationId, options.PrivateKey, options.PrivateKeyPath) = (account.ApplicationId, host.PrivateKey, null);
            options.SmsSignatureMethod = account.SmsSignatureMethod;
        }
    }
}
