using System.Diagnostics;
using System.Text.Json;

namespace ConsentPortal.Web.Tests.Commands;

/// <summary>The command line as a script runs it: a process of its own, with a data folder that does not exist yet.</summary>
internal sealed class VerbProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verb");

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    public string KeyRing => Path.Combine(DataFolder, "keys", "key-ring.json");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Paths).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["Data__Folder"] = DataFolder;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal sealed record Ran(int Exit, string Output, string Error)
    {
        public IReadOnlyList<JsonElement> Lines =>
            [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
