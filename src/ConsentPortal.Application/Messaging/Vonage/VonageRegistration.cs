using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

public static class VonageRegistration
{
    private const string HttpClientName = "Vonage";

    /// <summary>The way out (<see cref="ISmsGateway"/>) and the reader of webhooks, for the account in section <c>Vonage</c>.</summary>
    public static IServiceCollection AddVonage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<VonageOptions>().BindConfiguration(VonageOptions.Section);
        services.AddSingleton<IValidateOptions<VonageOptions>, VonageOptionsValidator>();
        services.AddSingleton<VonageWebhookReader>();
#pragma warning disable EXTEXP0001 // Marked as subject to change; a test fails if it ever stops removing them.
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            // As they are written, unchecked: a verb that never texts needs no account, and whoever texts reads the checked ones.
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<IConfiguration>().GetSection(VonageOptions.Section).Get<VonageOptions>() ?? new VonageOptions()))
            // The handler renews its connections by itself, so that the client can live as long as the process.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // A handler that repeats requests would text people twice, whoever adds it and for whatever good reason.
            .RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddSingleton(provider => new VonageClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            provider.GetRequiredService<IOptionsMonitor<VonageOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<VonageClient>>()));
        services.AddSingleton<ISmsGateway>(provider => provider.GetRequiredService<VonageClient>());
        return services;
    }

    internal static SocketsHttpHandler Handler(VonageOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A redirect that keeps the method would post the text a second time.
        AllowAutoRedirect = false,
        UseCookies = false,
        // A provider on this machine is the simulator, which no proxy can reach.
        UseProxy = !(Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address) && address.IsLoopback),
    };
}
