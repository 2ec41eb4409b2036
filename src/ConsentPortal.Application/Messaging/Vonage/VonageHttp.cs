using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Makes one call and says exactly how far it came: answered, never left, or lost on the way.</summary>
internal sealed class VonageHttp(HttpClient http, IOptionsMonitor<VonageOptions> options, VonageToken token, TimeProvider time)
{
    /// <summary>Far above any real answer; a body beyond it is not the provider's.</summary>
    private const int LongestAnswer = 4 * 1024 * 1024;

    /// <summary>
    /// Calls once. Only an answer that the token had expired, which proves that nothing was taken, makes it call a second
    /// time with a new one.
    /// </summary>
    public async Task<VonageReply> CallAsync(HttpMethod method, string url, VonageAuth auth, VonageBody? body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var credentials = Credentials(auth);
        var reply = await CallAsync(method, url, credentials, body, cancellationToken);
        if (auth != VonageAuth.Application || reply is not VonageReply.Answer { Status: HttpStatusCode.Unauthorized } refused || VonageProblem.Read(refused).Code != "jwt-expired")
            return reply;
        token.Forget(credentials.Parameter!);
        return await CallAsync(method, url, Credentials(auth), body, cancellationToken);
    }

    private async Task<VonageReply> CallAsync(
        HttpMethod method, string url, AuthenticationHeaderValue credentials, VonageBody? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body?.ToContent() };
        request.Headers.Authorization = credentials;
        using var deadline = new CancellationTokenSource(options.CurrentValue.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await ReadBodyAsync(response, either.Token);
            return new VonageReply.Answer(
                response.StatusCode, response.Content.Headers.ContentType?.MediaType, answer, RetryAfter(response.Headers.RetryAfter), RequestId(response));
        }
        catch (HttpRequestException problem) when (NothingLeft(problem.HttpRequestError))
        {
            return new VonageReply.NeverLeft();
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return new VonageReply.Lost(deadline.IsCancellationRequested ? UnconfirmedCause.Timeout : UnconfirmedCause.Interrupted);
        }
        catch (OperationCanceledException)
        {
            // Neither the deadline nor the caller: the handler's own limit on connecting.
            return new VonageReply.NeverLeft();
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return new VonageReply.Lost(UnconfirmedCause.ConnectionLost);
        }
    }

    private AuthenticationHeaderValue Credentials(VonageAuth auth) => auth switch
    {
        VonageAuth.Application => new AuthenticationHeaderValue("Bearer", token.Current()),
        VonageAuth.Account => new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.CurrentValue.ApiKey}:{options.CurrentValue.ApiSecret}"))),
    };

    /// <summary>The status is known by now; a body that breaks off leaves it standing with nothing to read.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            return [];
        }
    }

    private static bool NothingLeft(HttpRequestError error) => error is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header is { Delta: { } delta } ? delta : header is { Date: { } date } ? date - time.GetUtcNow() : null;

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values) ? values.FirstOrDefault() : null;
}

/// <summary>The body of a request, kept as bytes because a request object can be sent only once.</summary>
internal sealed record VonageBody(byte[] Bytes, string MediaType)
{
    public HttpContent ToContent() => new ByteArrayContent(Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
}

internal enum VonageAuth
{
    /// <summary>The application's token.</summary>
    Application = 1,

    /// <summary>Key and secret.</summary>
    Account = 2,
}

/// <summary>How far one call came.</summary>
internal abstract record VonageReply
{
    private VonageReply()
    {
    }

    public sealed record Answer(HttpStatusCode Status, string? MediaType, byte[] Body, TimeSpan? RetryAfter, string? RequestId) : VonageReply
    {
        public int Number => (int)Status;

        /// <summary>A web page: something between us and the provider answered in its place.</summary>
        public bool IsWebPage => MediaType is "text/html" or "application/xhtml+xml";
    }

    /// <summary>No connection: not a byte of the request left.</summary>
    public sealed record NeverLeft : VonageReply;

    /// <summary>The request, or part of it, left and no answer came back.</summary>
    public sealed record Lost(UnconfirmedCause Cause) : VonageReply;
}
