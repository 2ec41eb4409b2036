using ConsentPortal.Application.Database;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>The portal as its own program puts it together, on a data folder of its own, with a database and without a job at work.</summary>
public sealed class IdlePortal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idle").FullName;
    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    public IdlePortal()
    {
        _app = PortalHost.Build(["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", _folder, "--Logging:LogLevel:Default", "None"]);
        _scope = _app.Services.CreateAsyncScope();
    }

    /// <summary>As a request or a circuit sees them.</summary>
    public IServiceProvider Services => _scope.ServiceProvider;

    public async Task InitializeAsync() => await _app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);

    public async Task DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
