using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace ConsentPortal.Web.Hosting;

/// <summary>
/// Reads <c>appsettings.Development.json</c> from the repository's root, whatever the working directory is. It ranks with
/// the other settings files: environment variables, user secrets and arguments still win.
/// </summary>
internal static class RootSettings
{
    private const string FileName = "appsettings.Development.json";

    public static void AddRootSettings(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || RepositoryRoot() is not { } root)
            return;

        var sources = builder.Configuration.Sources;
        var lastSettingsFile = sources.Select((source, index) => (source, index))
            .Where(entry => entry.source is JsonConfigurationSource { Path: { } path } && path.StartsWith("appsettings", StringComparison.Ordinal))
            .Select(entry => entry.index)
            .DefaultIfEmpty(-1)
            .Last();
        sources.Insert(lastSettingsFile + 1, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(root.FullName),
            Path = FileName,
            Optional = true,
            ReloadOnChange = false,
        });
    }

    /// <summary>The folder that holds the solution, or null for a published portal.</summary>
    public static DirectoryInfo? RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ConsentPortal.sln")))
            folder = folder.Parent;
        return folder;
    }

    /// <summary>
    /// A build output, unlike a published folder, finds its static files through a manifest that the framework reads in
    /// Development only; reading it whenever it is there lets every environment run from a build.
    /// </summary>
    public static void UseBuiltAssets(this WebApplicationBuilder builder)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{builder.Environment.ApplicationName}.staticwebassets.runtime.json")))
            builder.WebHost.UseStaticWebAssets();
    }
}
