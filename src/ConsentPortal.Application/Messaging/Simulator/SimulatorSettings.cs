using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// The account's own settings: where its webhooks go and how those of the SMS API are carried. An address is saved only if
/// it answers a bare GET with success, as the provider probes it.
/// </summary>
internal sealed class SimulatorSettings(SimulatorCredentials credentials, SimulatorTargets targets, VonageSimulator simulator) : IDisposable
{
    private const int CallsPerSecond = 30;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(15) };
    private volatile Uri? _status;
    private volatile Uri? _inbound;

    /// <summary>What was saved here goes before what the simulator was started with.</summary>
    public SimulatorTargets Targets => new(() => _status ?? targets.Status(), () => _inbound ?? targets.Inbound());

    /// <summary><c>POST /account/settings</c>; without fields it only tells.</summary>
    public async Task SaveAsync(HttpContext context)
    {
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;
        var body = await SimulatorProblem.ReadAsync(context);
        var fields = new Vonage.VonageWebhookRequest(context.Request.QueryString.Value, context.Request.ContentType, null, body).Parameters() ?? new Dictionary<string, string>(StringComparer.Ordinal);
        var (status, inbound) = (fields.GetValueOrDefault("drCallBackUrl"), fields.GetValueOrDefault("moCallBackUrl"));
        var forwarding = fields.GetValueOrDefault("httpForwardMethod");
        if (forwarding is not null && Forwarding(forwarding) is null)
            await RefuseAsync(context, "httpForwardMethod must be GET_QUERY_PARAMS, POST_QUERY_PARAMS or POST_JSON");
        else if (!await IsThereAsync(status, context.RequestAborted))
            await RefuseAsync(context, "Callback URL for receipts is unreachable or does not answer 200");
        else if (!await IsThereAsync(inbound, context.RequestAborted))
            await RefuseAsync(context, "Callback URL for inbound texts is unreachable or does not answer 200");
        else
            await SaveAsync(context, status, inbound, forwarding);
    }

    public void Dispose() => _http.Dispose();

    private Task SaveAsync(HttpContext context, string? status, string? inbound, string? forwarding)
    {
        _status = status is null ? _status : new Uri(status);
        _inbound = inbound is null ? _inbound : new Uri(inbound);
        if (forwarding is not null)
            simulator.Options = simulator.Options with { SmsForwarding = Forwarding(forwarding)!.Value };
        return SimulatorProblem.JsonAsync(context, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["mo-callback-url"] = Targets.Inbound()?.AbsoluteUri, ["dr-callback-url"] = Targets.Status()?.AbsoluteUri, ["max-outbound-request"] = CallsPerSecond,
            ["max-inbound-request"] = CallsPerSecond, ["max-calls-per-second"] = CallsPerSecond,
        });
    }

    private async Task<bool> IsThereAsync(string? address, CancellationToken cancellationToken)
    {
        if (address is null)
            return true;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return false;
        try
        {
            using var answer = await _http.GetAsync(uri, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static Task RefuseAsync(HttpContext context, string label) => SimulatorProblem.JsonAsync(
        context, new Dictionary<string, string>(StringComparer.Ordinal) { ["error-code"] = "420", ["error-code-label"] = label }, 420);

    private static SmsForwarding? Forwarding(string method) => method switch
    {
        "GET_QUERY_PARAMS" => SmsForwarding.Query,
        "POST_QUERY_PARAMS" => SmsForwarding.Form,
        "POST_JSON" => SmsForwarding.Json,
        _ => null,
    };
}
