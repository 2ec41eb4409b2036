using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

/// <summary>A simulator, the real client that speaks to it, and a receiver that reads its webhooks as the portal would.</summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<(SignatureVerdict Verdict, VonageEvent? Event)> _received = Channel.CreateUnbounded<(SignatureVerdict, VonageEvent?)>();
    private readonly Queue<int> _answers = new();
    private readonly WebApplication _receiver;
    private readonly HttpClient _http;

    private SimulatedProvider(VonageOptions settings, SimulatorOptions behaviour)
    {
        Settings = settings;
        _receiver = MakeReceiver();
        var account = new SimulatorAccount(settings.ApiKey, settings.ApiSecret, settings.SignatureSecret, settings.ApplicationId, PublicKey());
        Simulator = new VonageSimulator(0, account, new SimulatorTargets(() => Address("/status"), () => Address("/inbound")), behaviour, TimeProvider.System);
        settings.BaseUrl = settings.SmsBaseUrl = settings.InsightsBaseUrl = Simulator.Address.AbsoluteUri;
        settings.RequestsPerSecond = 0;
        _http = new HttpClient(VonageRegistration.Handler(settings)) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new VonageClient(_http, VonageSettings.Monitor(settings), TimeProvider.System, NullLogger<VonageClient>.Instance);
    }

    public VonageSimulator Simulator { get; }

    public VonageClient Client { get; }

    public VonageOptions Settings { get; }

    public HttpClient Http => _http;

    public Uri Receiver => Address("/");

    public static async Task<SimulatedProvider> StartAsync(SimulatorOptions? behaviour = null, VonageOptions? settings = null)
    {
        var provider = new SimulatedProvider(settings ?? VonageSettings.Valid(), behaviour ?? SimulatorOptions.Prompt);
        await provider._receiver.StartAsync();
        await provider.Simulator.StartAsync(default);
        return provider;
    }

    public Task<SendOutcome> SendAsync(string to = "+12125552368", string clientRef = "r1", string body = "Hello", bool isUnicode = false) =>
        Client.SendAsync(new OutgoingText(clientRef, to, "+12025550111", body, isUnicode), default);

    /// <summary>The next webhook, with the reader's verdict.</summary>
    public async Task<(SignatureVerdict Verdict, VonageEvent? Event)> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async Task<DeliveryReceipt> NextReceiptAsync() => Assert.IsType<VonageEvent.Receipt>((await NextAsync()).Event).Delivery;

    public bool HasMore => _received.Reader.TryPeek(out _);

    public async Task QuietAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Simulator.PendingWebhooks > 0)
            await Task.Delay(5, patience.Token);
    }

    /// <summary>The receiver answers its next calls so, and with 200 afterwards.</summary>
    public void AnswerNext(params int[] statuses) => Array.ForEach(statuses, _answers.Enqueue);

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await _receiver.DisposeAsync();
        Client.Dispose();
        _http.Dispose();
    }

    private Uri Address(string path) => new(new Uri(_receiver.Urls.First()), path);

    private WebApplication MakeReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Run(ReceiveAsync);
        return app;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var authorization = context.Request.Headers.Authorization.ToString();
        var request = new VonageWebhookRequest(
            context.Request.QueryString.Value, context.Request.ContentType, authorization.Length > 0 ? authorization : null, body.ToArray());
        var read = new VonageWebhookReader(VonageSettings.Monitor(Settings), TimeProvider.System).Read(request);
        context.Response.StatusCode = _answers.TryDequeue(out var status) ? status : read.Verdict switch
        {
            SignatureVerdict.Valid => 200,
            SignatureVerdict.Missing or SignatureVerdict.FromAnotherTime => 503,
            _ => 401,
        };
        await _received.Writer.WriteAsync(read);
    }

    private static string PublicKey()
    {
        using var key = RSA.Create();
        key.ImportFromPem(VonageSettings.PrivateKey);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
