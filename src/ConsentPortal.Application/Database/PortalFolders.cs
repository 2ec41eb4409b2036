using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ConsentPortal.Application.Database;

/// <summary>
/// Everything that the portal writes lies under one folder, the setting <c>Data:Folder</c>: database, keys, mails,
/// evidence, reports.
/// </summary>
public sealed record PortalFolders(string Root)
{
    public string Database => Path.Combine(Root, "portal.db");

    public string KeyRing => Path.Combine(Root, "keys", "key-ring.json");

    public string Lock => Path.Combine(Root, "portal.lock");

    public string Reports => Path.Combine(Root, "reports");

    public string Mails => Path.Combine(Root, "mails");

    public string Uploads => Path.Combine(Root, "uploads");

    /// <param name="contentRoot">In Development the folder <c>data</c> beside the solution, wherever the portal is started from.</param>
    public static PortalFolders From(IConfiguration configuration, IHostEnvironment environment, string contentRoot)
    {
        var configured = configuration["Data:Folder"];
        if (!string.IsNullOrWhiteSpace(configured))
            return new PortalFolders(Path.GetFullPath(configured));
        var root = environment.IsDevelopment() ? RepositoryRoot(contentRoot) ?? contentRoot : contentRoot;
        return new PortalFolders(Path.Combine(root, "data"));
    }

    /// <summary>The folder of the solution, or null when the portal was published somewhere else.</summary>
    public static string? RepositoryRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ConsentPortal.sln")))
                return folder.FullName;
        }

        return null;
    }
}
