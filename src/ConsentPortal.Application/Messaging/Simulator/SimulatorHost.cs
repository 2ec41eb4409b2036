using System.Security.Cryptography;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>Section <c>Simulator</c>: whether the portal brings its own provider.</summary>
public sealed class SimulatorHostOptions
{
    public const string Section = "Simulator";

    /// <summary>By default only in Development. While it is on, nothing can reach a real handset.</summary>
    public bool? Enabled { get; set; }

    /// <summary>0 takes any free port.</summary>
    public int Port { get; set; }

    /// <summary>Where the simulator reaches the portal; by default the portal's first HTTP address on this machine.</summary>
    public Uri? PortalUrl { get; set; }

    public SimulatorOptions Behaviour { get; set; } = new();
}

/// <summary>
/// The simulator inside the portal's process, with credentials of its own for each start. It answers before any other
/// service of the portal starts, and finds the portal's own address once the portal listens.
/// </summary>
public sealed partial class SimulatorHost : IHostedLifecycleService, IAsyncDisposable
{
    public const string StatusPath = "/webhooks/vonage/status";
    public const string InboundPath = "/webhooks/vonage/inbound";

    private const int KeyBits = 2048;

    private readonly IServiceProvider _services;
    private readonly SimulatorHostOptions _settings;
    private readonly ILogger<SimulatorHost> _logger;
    private Uri? _portal;

    /// <exception cref="Database.StartRefusedException">The configured port is taken.</exception>
    public SimulatorHost(IServiceProvider services, IOptions<SimulatorHostOptions> settings, IHostEnvironment environment, TimeProvider clock, ILogger<SimulatorHost> logger)
    {
        (_services, _settings, _logger) = (services, settings.Value, logger);
        if (!(_settings.Enabled ?? environment.IsDevelopment()))
            return;
        using var key = RSA.Create(KeyBits);
        PrivateKey = key.ExportPkcs8PrivateKeyPem();
        Account = new SimulatorAccount(
            RandomNumberGenerator.GetHexString(8, lowercase: true), RandomNumberGenerator.GetHexString(16), RandomNumberGenerator.GetHexString(32), Guid.CreateVersion7(clock.GetUtcNow()).ToString(), key.ExportSubjectPublicKeyInfoPem());
        Simulator = new VonageSimulator(
            _settings.Port, Account, new SimulatorTargets(() => Target(StatusPath), () => Target(InboundPath)), _settings.Behaviour, clock);
    }

    /// <summary>Null when the portal speaks to a provider outside.</summary>
    public VonageSimulator? Simulator { get; }

    internal SimulatorAccount? Account { get; }

    /// <summary>Of the account's application, without which no number can be looked up; PEM.</summary>
    internal string? PrivateKey { get; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (Simulator is null)
            return;
        await Simulator.StartAsync(cancellationToken);
        LogStarted(Simulator.Address);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Last of all: the dispatcher's calls under way still get their answers.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public ValueTask DisposeAsync() => Simulator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Uri? Target(string path) => (_portal ??= _settings.PortalUrl ?? FindPortal()) is { } portal ? new Uri(portal, path) : null;

    private Uri? FindPortal()
    {
        var addresses = _services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses
            .Select(address => address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal))
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            // A port of 0 is a wish; the listening server replaces it by what it got.
            .Where(uri => uri.Port > 0)
            .OrderBy(uri => uri.Scheme == Uri.UriSchemeHttp ? 0 : 1)
            .FirstOrDefault();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated provider listening on {Address}; no text leaves this machine")]
    private partial void LogStarted(Uri address);
}
