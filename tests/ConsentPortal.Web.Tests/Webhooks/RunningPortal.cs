using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Tests.Webhooks;

/// <summary>The whole portal on a port and a data folder of its own, with its simulated provider and without demo people.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("running").FullName;
    private WebApplication _app = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public Uri Address => new(_app.Urls.First());

    internal VonageSimulator Simulator => _app.Services.GetRequiredService<SimulatorHost>().Simulator!;

    internal VonageOptions Provider => _app.Services.GetRequiredService<IOptionsMonitor<VonageOptions>>().CurrentValue;

    internal PortalDatabase Database => Get<PortalDatabase>();

    public async Task InitializeAsync()
    {
        _app = PortalHost.Build(
        [
            "--applicationName", "ConsentPortal.Web", "--environment", "Development", "--urls", "http://127.0.0.1:0", "--Data:Folder", _folder, "--Logging:LogLevel:Default", "Error",
            "--Simulator:Behaviour:RequestsPerSecond", "0", "--Simulator:Behaviour:SubmittedAfter", "00:00:00", "--Simulator:Behaviour:DeliveredAfter", "00:00:00",
        ]);
        await Get<DatabasePreparation>().PrepareAsync(default);
        await _app.StartAsync();
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A webhook as the provider signs it.</summary>
    /// <param name="secret">Null for the right one.</param>
    /// <param name="clock">Of the machine that signs; null for the portal's own.</param>
    internal Task<HttpResponseMessage> PostAsync(string path, string body, string? secret = null, bool isSigned = true, TimeProvider? clock = null)
    {
        var account = new SimulatorAccount(Provider.ApiKey, Provider.ApiSecret, secret ?? Provider.SignatureSecret);
        var request = new SimulatorSigner(account, clock ?? TimeProvider.System).Request(
            new SimulatorWebhook.Messages(Encoding.UTF8.GetBytes(body), IsInbound: false), new Uri(Address, path), new Signature(isSigned ? Signing.Right : Signing.Missing), SmsForwarding.Form);
        return Http.SendAsync(request);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
