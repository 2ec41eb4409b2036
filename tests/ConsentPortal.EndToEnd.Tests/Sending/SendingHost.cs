using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Web.Hosting;
using ConsentPortal.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// The part of the portal that plans and sends, with the provider's webhooks and without pages or a claim on its folder, so
/// that two of them can work on one database as two portals do on SQL Server.
/// </summary>
internal static class SendingHost
{
    public const string MomentKey = "Moment";
    public const string StallsKey = "Stalls";
    public const string SaysCallsKey = "SaysCalls";

    public static readonly SimulatorAccount Account = new("k1234567", "a-long-secret", "sign-with-this");

    /// <summary>People planned in one transaction: few, so that a small campaign has many.</summary>
    private const int PlannedAtOnce = 50;

    /// <summary>What a host has to be told to work on a folder and with a provider.</summary>
    public static string[] Settings(string folder, Uri provider, params string[] more) =>
    [
        "--environment", "Testing", "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Critical", "--Logging:LogLevel:Microsoft", "Critical", "--Data:Folder", folder,
        "--Vonage:BaseUrl", provider.AbsoluteUri, "--Vonage:SmsBaseUrl", provider.AbsoluteUri, "--Vonage:InsightsBaseUrl", provider.AbsoluteUri,
        "--Vonage:ApiKey", Account.ApiKey, "--Vonage:ApiSecret", Account.ApiSecret, "--Vonage:SignatureSecret", Account.SignatureSecret,
        "--Vonage:RequestsPerSecond", "0", "--Vonage:RequestTimeout", "00:00:02", "--Dispatch:Lease", "00:00:06", "--Dispatch:BatchSize", "16",
        "--Dispatch:IdlePause", "00:00:00.05", "--Dispatch:StoppedPause", "00:00:00.5", "--Dispatch:LookUpAfter", "00:00:01", "--Dispatch:LookUpEvery", "00:00:00.2", .. more,
    ];

    /// <param name="more">What a test adds to the services.</param>
    public static WebApplication Build(string[] settings, TimeProvider clock, Action<IServiceCollection>? more = null)
    {
        var builder = PortalHost.CreateBuilder(settings);
        builder.Services.AddPortal(builder.Configuration, builder.Environment).AddVonageWebhooks().AddSingleton(clock)
            .AddSingleton(services => new CampaignPlanner(
                services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<Leases>(), clock, services.GetRequiredService<ILogger<CampaignPlanner>>()) { BatchSize = PlannedAtOnce })
            .AddHostedService(services => services.GetRequiredService<CampaignPlanner>())
            .AddHostedService(services => services.GetRequiredService<MessageDispatcher>());
        if (builder.Configuration[MomentKey] is { Length: > 0 } text)
            Watch(builder.Services, new Moment(text, builder.Configuration.GetValue<bool>(StallsKey)));
        if (builder.Configuration.GetValue<bool>(SaysCallsKey))
            builder.Services.AddHttpClient("Vonage").AddHttpMessageHandler(() => new SpokenCalls());
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.UseRateLimiter();
        app.MapVonageWebhooks();
        return app;
    }

    private static void Watch(IServiceCollection services, Moment moment)
    {
        services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(moment));
        services.AddHttpClient("Vonage").AddHttpMessageHandler(moment.Calls);
    }
}
