using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.EndToEnd.Tests.Processes;

/// <summary>The built program as a process of its own, started as an administrator would and ended by its id.</summary>
internal sealed partial class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The program ended with {process.ExitCode} before it was ready:\n{Output}"));
    }

    /// <summary>Everything that it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The id that the operating system knows it by.</summary>
    public int Id => _process.Id;

    /// <param name="settings">Environment variables.</param>
    public static ProgramProcess Start(IReadOnlyDictionary<string, string> settings, params string[] args) => Start(Dll(), settings, args);

    /// <summary>This project's own program, which only sends. It lives for seconds: what pays off later is left out.</summary>
    public static ProgramProcess StartSending(params string[] args) =>
        Start(typeof(ProgramProcess).Assembly.Location, new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" }, args);

    private static ProgramProcess Start(string dll, IReadOnlyDictionary<string, string> settings, string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(dll);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var program = new ProgramProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Where it listens, once it says so.</summary>
    public Task<Uri> ReadyAsync() => _address.Task.WaitAsync(Patience);

    /// <summary>SIGKILL: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync() => await EndsWithinAsync(Patience) ?? throw new TimeoutException($"The program still runs after {Patience}:\n{Output}");

    /// <returns>Its exit code, or null when it still runs.</returns>
    public async Task<int?> EndsWithinAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static string Dll()
    {
        // artifacts/bin/<this project>/<configuration> lies beside the program's own folder.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "ConsentPortal.Web", here.Name, "ConsentPortal.Web.dll");
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } said)
            _address.TrySetResult(new Uri(said.Groups["address"].Value));
    }

    [GeneratedRegex(@"(ready at|simulator listens on|Simulator on|listening at) (?<address>http://[^\s]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
