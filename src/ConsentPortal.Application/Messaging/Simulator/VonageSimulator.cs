using System.Net;
using System.Net.Sockets;
using ConsentPortal.Application.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// A server on 127.0.0.1 that speaks the provider's HTTP API, so that everything between the portal and the provider can
/// be tried without one. Its port is taken as soon as it exists, so that others can be told the address before it answers.
/// </summary>
public sealed class VonageSimulator : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SimulatorCredentials _credentials;
    private readonly SimulatorWebhooks _webhooks;
    private readonly TimeProvider _clock;
    private readonly WebApplication _server;
    private volatile SimulatorOptions _options;
    private int _disposed;

    /// <param name="port">0 for any free port.</param>
    /// <exception cref="StartRefusedException">The port is taken; the message says what to do.</exception>
    /// <exception cref="ArgumentException">The account's public key is not a PEM key.</exception>
    public VonageSimulator(int port, SimulatorAccount account, SimulatorTargets targets, SimulatorOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _credentials = new SimulatorCredentials(account, clock);
        _socket = Bind(port);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}");
        _webhooks = new SimulatorWebhooks(account, targets, () => _options, Journal, clock);
        var carrier = new SimulatorCarrier(Journal, _webhooks, () => _options, clock);
        _server = Build(_socket);
        var messages = new SimulatorMessagesApi(_credentials, carrier, () => _options, clock);
        var sms = new SimulatorSmsApi(account, _credentials, carrier, () => _options);
        var records = new SimulatorRecords(account, _credentials, Journal, () => _options, clock);
        var bench = new SimulatorBench(Journal, this);
        _server.MapPost("/v1/messages", messages.SendAsync);
        _server.MapPost("/sms/json", sms.SendAsync);
        _server.MapGet("/account/get-balance", records.BalanceAsync);
        _server.MapGet("/v2/reports/records", records.ReportsAsync);
        _server.MapPost("/v1/redact/transaction", records.RedactAsync);
        _server.MapPost("/identity-insights/v1/requests", records.InsightsAsync);
        _server.MapGet("/journal", bench.JournalAsync);
        _server.MapPost("/inbound", bench.InboundAsync);
        _server.MapGet("/options", bench.OptionsAsync);
        _server.MapPut("/options", bench.ChangeOptionsAsync);
    }

    public Uri Address { get; }

    public SimulatorJournal Journal { get; } = new();

    /// <summary>May be exchanged at any time; requests under way keep what they began with.</summary>
    public SimulatorOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>Texts and replies whose webhooks are not all delivered or given up.</summary>
    public int PendingWebhooks => _webhooks.Pending;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>A handset sends a text; its webhook follows.</summary>
    /// <param name="from">The handset's number, in digits or E.164.</param>
    /// <param name="to">The receiving number or short code.</param>
    public SimulatedReply Reply(string from, string to, string text)
    {
        var now = _clock.GetUtcNow();
        var reply = new SimulatedReply(Guid.CreateVersion7(now).ToString(), Vonage.VonageNumber.Digits(from), Vonage.VonageNumber.Digits(to), text, now);
        Journal.Add(reply);
        _webhooks.Tell(reply);
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _webhooks.DisposeAsync();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _socket.Dispose();
        _credentials.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            throw new StartRefusedException($"The simulator cannot listen on 127.0.0.1:{port}: {Reason(problem)}. Stop the other program, or choose another port (0 takes any free one).", problem);
        }
    }

    private static string Reason(SocketException problem) => problem.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program has the port",
        SocketError.AccessDenied => "this user may not take the port",
        _ => "the port cannot be taken",
    };

    /// <summary>Nothing from files, environment or command line: neither the portal's settings nor its addresses concern this server.</summary>
    private static WebApplication Build(Socket socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen((IPEndPoint)socket.LocalEndPoint!);
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => socket);
        builder.Services.AddRoutingCore();
        // The process ends by its own host's word; this server stops with its owner.
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        return builder.Build();
    }

    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
