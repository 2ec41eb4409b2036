using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Simulator;

namespace ConsentPortal.Web.Commands;

/// <summary><c>simulator --port N …</c>: the simulated provider alone, until Ctrl+C or SIGTERM.</summary>
internal static class SimulatorCommand
{
    private const string DefaultKey = "simulator";
    private const string DefaultSecret = "simulator-secret";
    private const string DefaultSignatureSecret = "simulator-signature-secret";

    public static Command Create()
    {
        var port = Text("--port", "N", "Port on 127.0.0.1; 0 takes any free one.");
        port.Required = true;
        var apiKey = Text("--api-key", "K", $"The key that callers must present; {DefaultKey} if not given.");
        var apiSecret = Text("--api-secret", "S", $"The secret that goes with it; {DefaultSecret} if not given.");
        var application = Text("--application-id", "ID", "Also take tokens of this application, checked with --application-public-key.");
        var publicKey = Text("--application-public-key", "FILE", "The application's public key in PEM.");
        var signature = Text("--signature-secret", "S", $"With which webhooks are signed; {DefaultSignatureSecret} if not given.");
        var statusUrl = Text("--status-url", "URL", "Where receipts go.");
        var inboundUrl = Text("--inbound-url", "URL", "Where texts of handsets (POST /inbound) go.");
        var rate = Text("--requests-per-second", "N", "Texts a second beyond which it answers \"too fast\"; 30 if not given, as with the provider, and 0 for no limit.");
        var command = new Command("simulator", "A server on 127.0.0.1 that speaks Vonage's API, for your own tests. GET /journal lists every text that it took.")
        {
            port, apiKey, apiSecret, application, publicKey, signature, statusUrl, inboundUrl, rate,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SimulatorArguments(
                parsed.GetValue(port), parsed.GetValue(apiKey), parsed.GetValue(apiSecret), parsed.GetValue(application), parsed.GetValue(publicKey),
                parsed.GetValue(signature), parsed.GetValue(statusUrl), parsed.GetValue(inboundUrl), parsed.GetValue(rate)),
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    private static async Task<int> RunAsync(SimulatorArguments arguments, TextWriter error, CancellationToken cancellationToken)
    {
        if (await arguments.ProblemAsync(cancellationToken) is { } problem)
        {
            await error.WriteLineAsync(problem);
            return ExitCode.WrongInput;
        }

        try
        {
            await using var simulator = await arguments.MakeAsync(DefaultKey, DefaultSecret, DefaultSignatureSecret, cancellationToken);
            await simulator.StartAsync(cancellationToken);
            await error.WriteLineAsync($"The simulator listens on {simulator.Address.AbsoluteUri.TrimEnd('/')}");
            await UntilCancelledAsync(cancellationToken);
            return ExitCode.Done;
        }
        catch (StartRefusedException refused)
        {
            await error.WriteLineAsync(refused.Message);
            return ExitCode.WrongInput;
        }
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}

/// <summary>The arguments as they were typed.</summary>
internal sealed record SimulatorArguments(
    string? Port, string? ApiKey, string? ApiSecret, string? Application, string? PublicKey, string? SignatureSecret, string? StatusUrl, string? InboundUrl, string? Rate)
{
    /// <summary>One sentence that names the option, or null.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (PortNumber is null)
            return $"option --port: \"{Port}\" is not a port. Give a number from 0 (any free port) to 65535.";
        if (ApiKey is null != ApiSecret is null)
            return "option --api-key: a key and a secret go together. Give both --api-key and --api-secret, or neither.";
        if (Application is null != PublicKey is null)
            return "option --application-id: an application and its public key go together. Give both --application-id and --application-public-key, or neither.";
        if (SignatureSecret is { Length: 0 })
            return "option --signature-secret: an empty secret signs nothing. Give the secret with which the receiver checks webhooks.";
        if (StatusUrl is not null && Web(StatusUrl) is null)
            return $"option --status-url: \"{StatusUrl}\" is not an address. Give one that begins with http:// or https://.";
        if (InboundUrl is not null && Web(InboundUrl) is null)
            return $"option --inbound-url: \"{InboundUrl}\" is not an address. Give one that begins with http:// or https://.";
        if (Rate is not null && RequestsPerSecond is null)
            return $"option --requests-per-second: \"{Rate}\" is no number of texts. Give 0 (no limit) to {MostPerSecond}.";
        return PublicKey is null ? null : await KeyProblemAsync(PublicKey, cancellationToken);
    }

    /// <summary>Only after <see cref="ProblemAsync"/> found none.</summary>
    public async Task<VonageSimulator> MakeAsync(string defaultKey, string defaultSecret, string defaultSignatureSecret, CancellationToken cancellationToken)
    {
        var account = new SimulatorAccount(
            ApiKey ?? defaultKey, ApiSecret ?? defaultSecret, SignatureSecret ?? defaultSignatureSecret, Application,
            PublicKey is null ? null : await File.ReadAllTextAsync(PublicKey, cancellationToken));
        var (status, inbound) = (Web(StatusUrl), Web(InboundUrl));
        return new VonageSimulator(PortNumber!.Value, account, new SimulatorTargets(() => status, () => inbound), Behaviour, TimeProvider.System);
    }

    private const int MostPerSecond = 100_000;

    private int? RequestsPerSecond => int.TryParse(Rate, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostPerSecond ? number : null;

    private SimulatorOptions Behaviour => RequestsPerSecond is { } rate ? new SimulatorOptions { RequestsPerSecond = rate } : new SimulatorOptions();

    private int? PortNumber => int.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65_535 ? number : null;

    private static Uri? Web(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;

    private static async Task<string?> KeyProblemAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(file, cancellationToken));
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "option --application-public-key: the file can't be read. Check the path and its permissions.";
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            return "option --application-public-key: the file holds no RSA public key in PEM. Give the key that belongs to the application's private key.";
        }
    }
}
