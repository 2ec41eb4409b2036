using System.Diagnostics;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Tests.Hosting;

/// <param name="Said">What the portal told people on standard error.</param>
/// <param name="Logged">What stood on standard output.</param>
internal sealed record Ended(int ExitCode, string Said, string Logged);

/// <summary>The program as an administrator starts it, for what only a process shows: its exit code and everything that it writes.</summary>
internal static class PortalProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var process = Process.Start(Start(environment, args))!;
        return await EndAsync(process);
    }

    /// <summary>Runs the program until it says that it is ready, and then ends it.</summary>
    public static async Task<Ended> RunUntilReadyAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var process = Process.Start(Start(environment, args))!;
        using var patience = new CancellationTokenSource(Patience);
        var logged = process.StandardOutput.ReadToEndAsync(patience.Token);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (!line.Contains("ready at", StringComparison.Ordinal))
                continue;
            process.Kill();
            break;
        }

        await process.WaitForExitAsync(patience.Token);
        return new Ended(process.ExitCode, string.Join('\n', said), await logged);
    }

    private static async Task<Ended> EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = process.StandardError.ReadToEndAsync(patience.Token);
            var logged = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, (await said).Trim(), (await logged).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static ProcessStartInfo Start(IReadOnlyDictionary<string, string> environment, string[] args)
    {
        // artifacts/bin/<this project>/<configuration> lies beside the program's own folder.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, typeof(PortalHost).Assembly.GetName().Name!, here.Name, "ConsentPortal.Web.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(program);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
