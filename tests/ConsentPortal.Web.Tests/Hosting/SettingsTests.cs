using ConsentPortal.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>Whose word counts: the settings file at the repository's root is read in Development, and everything that is closer to the start wins over it.</summary>
public sealed class SettingsTests : IDisposable
{
    /// <summary>Stands in the file at the root and in no other.</summary>
    private const string Key = "Logging:LogLevel:Microsoft.Hosting.Lifetime";

    private const string Variable = "Logging__LogLevel__Microsoft.Hosting.Lifetime";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings");

    [Fact]
    public void In_Development_the_file_at_the_root_is_read() => Assert.Equal("Warning", Read("Development"));

    [Fact]
    public void Elsewhere_it_is_not() => Assert.Null(Read("Production"));

    [Fact]
    public void An_argument_wins_over_it() => Assert.Equal("Error", Read("Development", "--" + Key, "Error"));

    [Fact]
    public void An_environment_variable_wins_over_it()
    {
        Environment.SetEnvironmentVariable(Variable, "Critical");
        try
        {
            Assert.Equal("Critical", Read("Development"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    /// <summary>The process starts in the machine's folder for temporary files, far from the repository.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public async Task The_working_directory_makes_no_difference(string? variable, bool isLifetimeLogged)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Data__Folder"] = _folder.FullName, ["Demo__Subscribers"] = "3",
        };
        if (variable is not null)
            settings[Variable] = variable;

        var ended = await PortalProcess.RunUntilReadyAsync(settings);

        Assert.Contains("ready at http://127.0.0.1:", ended.Said, StringComparison.Ordinal);
        Assert.Equal(isLifetimeLogged, ended.Logged.Contains("Now listening on", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? Read(string environment, params string[] args) => PortalHost.CreateBuilder(["--environment", environment, .. args]).Configuration[Key];
}
