using System.CommandLine;
using ConsentPortal.Application.Database;
using ConsentPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Commands;

/// <summary>A verb that needs the portal's database: it builds the same services as the portal, and starts none of its jobs.</summary>
internal static class PortalVerb
{
    /// <param name="needsDatabase">A database that is not there yet is said so; false for verbs that make one.</param>
    public static async Task<int> RunAsync(
        InvocationConfiguration console, Func<IServiceProvider, CancellationToken, Task<int>> act, CancellationToken cancellationToken, bool needsDatabase = true)
    {
        try
        {
            var builder = PortalHost.CreateBuilder([]);
            builder.Logging.ClearProviders().AddConsole(log => log.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddPortal(builder.Configuration, builder.Environment);
            await using var app = builder.Build();
            if (needsDatabase)
                RequireDatabase(app.Services);
            return await act(app.Services, cancellationToken);
        }
        catch (StartRefusedException refused)
        {
            await console.Error.WriteLineAsync(refused.Message);
            return ExitCode.WrongInput;
        }
        catch (OptionsValidationException settings)
        {
            await console.Error.WriteLineAsync(string.Join(Environment.NewLine, settings.Failures));
            return ExitCode.WrongInput;
        }
    }

    private static void RequireDatabase(IServiceProvider services)
    {
        var folders = services.GetRequiredService<PortalFolders>();
        if (services.GetRequiredService<IDatabaseKind>().Name == "SQLite" && !File.Exists(folders.Database))
            throw new StartRefusedException($"There is no portal database in {folders.Root}. Run migrate first, or set Data:Folder to the folder of a portal.");
        if (!File.Exists(folders.KeyRing))
            throw new StartRefusedException($"The key ring {folders.KeyRing} is missing, and without it nothing in the database can be read. Restore it from its backup.");
    }
}
