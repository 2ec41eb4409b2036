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
    private readonly SimulatorSettings _settings;
    private readonly SimulatorVerify _verify;
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
        Requests = new SimulatorRequests(clock);
        _settings = new SimulatorSettings(_credentials, targets, this);
        _webhooks = new SimulatorWebhooks(account, _settings.Targets, () => _options, Journal, clock);
        _verify = new SimulatorVerify(_credentials, Journal, clock);
        var carrier = new SimulatorCarrier(Journal, Blocks, _webhooks, () => _options, clock);
        _server = Build(_socket);
        var messages = new SimulatorMessagesApi(_credentials, carrier, () => _options, clock);
        var sms = new SimulatorSmsApi(account, _credentials, carrier, () => _options);
        var records = new SimulatorRecords(account, _credentials, Journal, () => _options, clock);
        var bench = new SimulatorBench(this, clock);
        _server.Use(next => context => Requests.WatchAsync(context, next));
        _server.MapPost("/v1/messages", messages.SendAsync);
        _server.MapPost("/sms/json", sms.SendAsync);
        _server.MapGet("/account/get-balance", records.BalanceAsync);
        _server.MapPost("/account/settings", _settings.SaveAsync);
        _server.MapGet("/v2/reports/records", records.ReportsAsync);
        _server.MapPost("/v1/redact/transaction", records.RedactAsync);
        _server.MapPost("/identity-insights/v1/requests", records.InsightsAsync);
        _server.MapPost("/v2/verify", _verify.StartAsync);
        _server.MapPost("/v2/verify/{id}", _verify.CheckAsync);
        _server.MapPost("/v2/verify/{id}/next_workflow", _verify.NextAsync);
        _server.MapDelete("/v2/verify/{id}", _verify.CancelAsync);
        _server.MapGet("/journal", bench.JournalAsync);
        _server.MapGet("/requests", bench.RequestsAsync);
        _server.MapGet("/blocked", bench.BlockedAsync);
        _server.MapGet("/blocked.csv", bench.BlockedListAsync);
        _server.MapPost("/blocked", bench.BlockAsync);
        _server.MapDelete("/blocked", bench.UnblockAsync);
        _server.MapPost("/clock", bench.AgeAsync);
        _server.MapPost("/inbound", bench.InboundAsync);
        _server.MapGet("/options", bench.OptionsAsync);
        _server.MapPut("/options", bench.ChangeOptionsAsync);
    }

    public Uri Address { get; }

    public SimulatorJournal Journal { get; } = new();

    /// <summary>Every call of the provider's API.</summary>
    public SimulatorRequests Requests { get; }

    /// <summary>Between whom no text passes.</summary>
    public SimulatorBlocks Blocks { get; } = new();

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
    /// <param name="arrival">Null for one webhook at once.</param>
    public SimulatedReply Reply(string from, string to, string text, SimulatedArrival? arrival = null)
    {
        var now = _clock.GetUtcNow();
        var reply = new SimulatedReply(Guid.CreateVersion7(now).ToString(), Vonage.VonageNumber.Digits(from), Vonage.VonageNumber.Digits(to), text, now)
        {
            IsSmsApi = _options.InboundBySmsApi || arrival is { Parts: > 1 },
        };
        Journal.Add(reply);
        if (_options.OptOutAssist && SimulatorAssist.Read(reply, Blocks) is { } answer)
            Journal.Add(new SimulatedNotice(Guid.CreateVersion7(now).ToString(), reply.From, reply.To, answer, now));
        _webhooks.Tell(reply, arrival ?? SimulatedArrival.Whole);
        return reply;
    }

    /// <summary>Everything that it holds becomes older, so that what the provider does only after a time can be tried now.</summary>
    public void Age(TimeSpan by)
    {
        Journal.Age(by);
        _verify.Age(by);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _webhooks.DisposeAsync();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _socket.Dispose();
        _settings.Dispose();
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
