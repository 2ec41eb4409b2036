using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Staff;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Hosting;

/// <summary>What happens between "put together" and "listening": the database is claimed, prepared and, in Development, filled.</summary>
internal static class PortalStart
{
    /// <returns>The claim on the data folder; keep it while the portal runs.</returns>
    /// <exception cref="StartRefusedException">Says what the administrator has to mend.</exception>
    public static async Task<IDisposable> PrepareAsync(WebApplication app, TextWriter people, CancellationToken cancellationToken)
    {
        var services = app.Services;
        // Before anything is touched: the host would say the same later, with a stack trace.
        services.GetService<IStartupValidator>()?.Validate();
        var claim = services.GetRequiredService<IDatabaseKind>().Name == "SQLite" ? FolderClaim.Take(services.GetRequiredService<PortalFolders>()) : FolderClaim.None;
        try
        {
            await services.GetRequiredService<DatabasePreparation>().PrepareAsync(cancellationToken);
            await services.GetRequiredService<ShippedRoles>().EnsureAsync(cancellationToken);
            if (app.Environment.IsDevelopment())
                await services.GetRequiredService<DemoPortal>().EnsureAsync(app.Configuration.GetValue("Demo:Subscribers", DemoPortal.UsualSize), people.WriteLine, cancellationToken);
            return claim;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    public static async Task GreetAsync(WebApplication app, TextWriter people)
    {
        if (app.Environment.IsDevelopment())
            await people.WriteLineAsync($"Demo people ({string.Join(", ", DemoStaff.People.Select(p => p.Email))}) have the password \"{DemoStaff.Password}\"; the sign-in page lists them.");
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (await FirstAdministrator.SentenceAsync(app, [.. addresses]) is { } sentence)
            await people.WriteLineAsync(sentence);
        foreach (var address in addresses)
            await people.WriteLineAsync($"ConsentPortal is ready at {address}");
    }
}

/// <summary>
/// An embedded database belongs to one portal at a time: two would each believe that they alone send. The claim is a lock
/// on a file, which the operating system lifts even when the process is killed.
/// </summary>
internal sealed class FolderClaim : IDisposable
{
    private readonly FileStream? _lock;

    private FolderClaim(FileStream? file) => _lock = file;

    /// <summary>SQL Server keeps order among several portals by itself.</summary>
    public static FolderClaim None { get; } = new(null);

    public static FolderClaim Take(PortalFolders folders)
    {
        try
        {
            Directory.CreateDirectory(folders.Root);
            return new FolderClaim(new FileStream(folders.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new StartRefusedException($"The data folder {folders.Root} can't be written. Give the portal's account write access, or set Data:Folder to another folder.", problem);
        }
        catch (IOException problem) when (File.Exists(folders.Lock))
        {
            throw new StartRefusedException(
                $"Another portal already works on {folders.Root}. An embedded database serves one portal at a time: end the other one, set Data:Folder to another folder, or use SQL Server for several.", problem);
        }
        catch (IOException problem)
        {
            throw new StartRefusedException($"The data folder {folders.Root} can't be made ({problem.Message}). Set Data:Folder to a folder that the portal may write.", problem);
        }
    }

    public void Dispose() => _lock?.Dispose();
}
