using ConsentPortal.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Speaks Vonage's HTTP APIs. Thread-safe; one for the process, so that the pace holds over all threads.</summary>
internal sealed partial class VonageClient : ISmsGateway, IDisposable
{
    private readonly IOptionsMonitor<VonageOptions> _options;
    private readonly VonageToken _token;
    private readonly VonageHttp _http;
    private readonly VonageReports _reports;
    private readonly VonageRedaction _redaction;
    private readonly VonageInsights _insights;
    private readonly RequestPace _pace;
    private readonly ILogger<VonageClient> _logger;

    /// <param name="http">Without a time-out of its own, without redirects and without any handler that repeats requests.</param>
    public VonageClient(HttpClient http, IOptionsMonitor<VonageOptions> options, TimeProvider time, ILogger<VonageClient> logger)
    {
        _options = options;
        _logger = logger;
        _pace = new RequestPace(time);
        _token = new VonageToken(options, time);
        _http = new VonageHttp(http, options, _token, time);
        _reports = new VonageReports(_http);
        _redaction = new VonageRedaction(_http);
        _insights = new VonageInsights(_http);
    }

    public bool HasAccount
    {
        get
        {
            try
            {
                return _options.CurrentValue.ApiKey.Length > 0;
            }
            catch (OptionsValidationException)
            {
                return false;
            }
        }
    }

    public int RequestsPerSecond => _options.CurrentValue.RequestsPerSecond;

    public ProviderErrorMeaning? Explain(string code, ProviderCodeSource source) => VonageErrors.Explain(code, source);

    public Task<TimeSpan> WaitForTurnAsync(bool isSpaced, TimeSpan atMost, CancellationToken cancellationToken) =>
        _pace.WaitAsync(isSpaced ? 0 : RequestsPerSecond, atMost, cancellationToken);

    public async Task<SendOutcome> SendAsync(OutgoingText text, CancellationToken cancellationToken)
    {
        if (VonageTextRules.Problem(text) is { } invalid)
            return invalid;
        var options = _options.CurrentValue;
        var outcome = options.Api switch
        {
            VonageApi.Messages => await SendAsync(options, options.BaseUrl, VonageMessagesApi.Path, VonageMessagesApi.Write(text), VonageMessagesApi.Read, cancellationToken),
            VonageApi.Sms => await SendAsync(options, options.SmsBaseUrl, VonageSmsApi.Path, VonageSmsApi.Write(text), VonageSmsApi.Read, cancellationToken),
        };
        if (outcome is SendOutcome.Throttled throttled)
            _pace.Hold(throttled.RetryAfter);
        Log(text.ClientRef, outcome);
        return outcome;
    }

    public Task<Result<IReadOnlyList<ProviderRecord>>> FindByClientRefAsync(
        string clientRef, string to, DateTimeOffset sentAt, CancellationToken cancellationToken) =>
        _reports.FindByClientRefAsync(_options.CurrentValue, clientRef, to, sentAt, cancellationToken);

    public Task<Result<IReadOnlyList<ProviderRecord>>> FindByIdAsync(IReadOnlyCollection<string> providerMessageIds, CancellationToken cancellationToken) =>
        _reports.FindByIdAsync(_options.CurrentValue, providerMessageIds, cancellationToken);

    public Task<Result<IReadOnlyList<ProviderRefusal>>> FindBlockedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        _reports.FindBlockedAsync(_options.CurrentValue, from, until, cancellationToken);

    public async Task<Result<ProviderBalance>> GetBalanceAsync(CancellationToken cancellationToken)
    {
        var url = $"{_options.CurrentValue.SmsBaseUrl.TrimEnd('/')}/account/get-balance";
        var reply = await _http.CallAsync(HttpMethod.Get, url, VonageAuth.Account, body: null, cancellationToken);
        using var document = VonageAnswers.Json(reply, out var failure);
        if (document is null)
            return failure!;
        return document.RootElement.Amount("value") is { } amount
            ? new ProviderBalance(amount, "EUR", document.RootElement.Truth("autoReload") ?? false)
            : VonageAnswers.Failure(reply);
    }

    public Task<RedactionOutcome> RedactAsync(string providerMessageId, MessageDirection direction, CancellationToken cancellationToken) =>
        _redaction.RedactAsync(_options.CurrentValue, providerMessageId, direction, cancellationToken);

    public Task<Result<LineInsight>> LookUpLineAsync(string number, CancellationToken cancellationToken) =>
        _insights.LookUpAsync(_options.CurrentValue, number, cancellationToken);

    public void Dispose() => _token.Dispose();

    private async Task<SendOutcome> SendAsync(
        VonageOptions options, string host, string path, VonageBody body, Func<VonageReply.Answer, SendOutcome> read, CancellationToken cancellationToken)
    {
        // The SMS API knows no application tokens.
        var auth = options.Api == VonageApi.Messages && options.HasApplication ? VonageAuth.Application : VonageAuth.Account;
        var reply = await _http.CallAsync(HttpMethod.Post, host.TrimEnd('/') + path, auth, body, cancellationToken);
        if (reply is VonageReply.Answer { Number: >= 400, RequestId: { } requestId })
            LogRequest(requestId);
        return VonageOutcomes.From(reply, read);
    }

    private void Log(string clientRef, SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted { LostPartsCode: { } code }:
                LogTorn(clientRef, code);
                break;
            case SendOutcome.Accepted:
                LogAccepted(clientRef);
                break;
            case SendOutcome.Rejected rejected:
                LogRejected(clientRef, rejected.Code);
                break;
            case SendOutcome.Throttled throttled:
                LogThrottled(throttled.RetryAfter);
                break;
            case SendOutcome.Unreachable:
                LogUnreachable();
                break;
            case SendOutcome.Stopped stopped:
                LogStopped(stopped.Cause, stopped.Code);
                break;
            case SendOutcome.Unconfirmed unconfirmed:
                LogUnconfirmed(clientRef, unconfirmed.Cause);
                break;
            case SendOutcome.Withheld:
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Text {ClientRef} accepted by the provider")]
    private partial void LogAccepted(string clientRef);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Text {ClientRef} accepted in part only: code {Code}")]
    private partial void LogTorn(string clientRef, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Text {ClientRef} rejected by the provider: code {Code}")]
    private partial void LogRejected(string clientRef, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider asked for a pause of {RetryAfter}")]
    private partial void LogThrottled(TimeSpan retryAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider could not be reached; nothing left")]
    private partial void LogUnreachable();

    [LoggerMessage(Level = LogLevel.Error, Message = "Provider takes no texts: {Cause}, code {Code}")]
    private partial void LogStopped(StopCause cause, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Text {ClientRef} unconfirmed: {Cause}")]
    private partial void LogUnconfirmed(string clientRef, UnconfirmedCause cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Provider answered with an error to its request {RequestId}")]
    private partial void LogRequest(string requestId);
}
