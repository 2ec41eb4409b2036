using ConsentPortal.Application.Database;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>The portal in this process, started the way its program starts it, on a port and a data folder of its own.</summary>
internal sealed class StartedPortal : IAsyncDisposable
{
    private static readonly string[] Silent = ["--Logging:LogLevel:Default", "None"];

    private static readonly string[] Everything =
    [
        "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft", "Trace", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Trace", "--Logging:LogLevel:System.Net.Http", "Trace",
        "--Logging:Console:LogLevel:Default", "None", "--Logging:Console:LogLevel:Microsoft", "None",
    ];

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly IDisposable _claim;

    private StartedPortal(DirectoryInfo folder, WebApplication app, IDisposable claim) => (_folder, _app, _claim) = (folder, app, claim);

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <param name="environment">"Production" gets its own provider too, since there is no account to name.</param>
    public static async Task<StartedPortal> StartAsync(string environment, ILoggerProvider? log = null, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("started");
        var app = PortalHost.Build(
        [
            "--applicationName", "ConsentPortal.Web", "--environment", environment, "--urls", "http://127.0.0.1:0", "--Data:Folder", folder.FullName,
            "--Simulator:Enabled", "true", "--Simulator:Behaviour:RequestsPerSecond", "0", "--Simulator:Behaviour:SubmittedAfter", "00:00:00", "--Simulator:Behaviour:DeliveredAfter", "00:00:00",
            "--Demo:Subscribers", "5", .. log is null ? Silent : Everything, .. settings,
        ]);
        if (log is not null)
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var claim = await PortalStart.PrepareAsync(app, TextWriter.Null, default);
        await app.StartAsync();
        return new StartedPortal(folder, app, claim);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public PortalDbContext Open() => Get<PortalDatabase>().Open();

    public Browser OpenBrowser(params IEnumerable<(string Name, string Value)> headers) => new(Address, headers);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _claim.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
