using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>A started portal as other programs meet it.</summary>
public sealed class ApiPortal : IAsyncLifetime
{
    public const int RequestsPerMinute = 30;

    public static readonly string[] EveryScope = [.. ApiKeyScopes.All.Select(scope => scope.Permission)];

    private readonly SocketsHttpHandler _handler = new() { UseProxy = false, AllowAutoRedirect = false };
    private readonly LogLines _log = new();

    private HttpClient _http = null!;
    private int _numbers;

    internal StartedPortal Portal { get; private set; } = null!;

    /// <summary>Every line that the portal has logged, at every level.</summary>
    internal IReadOnlyCollection<string> Log => _log.Lines;

    public async Task InitializeAsync()
    {
        Portal = await StartedPortal.StartAsync("Development", _log, "--Api:RequestsPerMinute", $"{RequestsPerMinute}");
        _http = new HttpClient(_handler) { BaseAddress = Portal.Address };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _handler.Dispose();
        await Portal.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>A number that nobody has used in this portal.</summary>
    internal string NewNumber() => $"+1212737{Interlocked.Increment(ref _numbers):D4}";

    internal async Task<NewApiKey> MakeKeyAsync(params string[] scopes) =>
        (await Portal.Get<CreateApiKey>().ExecuteAsync(Actor.CommandLine, new ApiKeyDraft("Web shop", scopes.Length == 0 ? EveryScope : scopes, null), default)).Value;

    internal async Task<Reply> PostAsync(string? secret, string path, object body, string? idempotencyKey = null) =>
        await SendAsync(HttpMethod.Post, secret, path, body as string ?? JsonSerializer.Serialize(body), idempotencyKey);

    internal async Task<Reply> SendAsync(HttpMethod method, string? secret, string path, string? body = null, string? idempotencyKey = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        using var response = await _http.SendAsync(request);
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers, await response.Content.ReadAsStringAsync());
    }

    /// <returns>How many entries of the ledger, texts and stops there are about a number.</returns>
    internal async Task<(int People, int Events, int Texts, int Stops)> TracesAsync(string number)
    {
        var hash = Portal.Get<LookupHash>().Phone(number);
        await using var db = Portal.Open();
        var people = await db.Subscribers.Where(s => s.PhoneHash == hash).Select(s => s.Id).ToListAsync();
        return (people.Count, await db.ConsentEvents.CountAsync(e => people.Contains(e.SubscriberId)), await db.OutboundMessages.CountAsync(m => people.Contains(m.SubscriberId)),
            await db.Suppressions.CountAsync(s => s.PhoneHash == hash));
    }

    private sealed class LogLines : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(Lines);

        public void Dispose()
        {
        }

        private sealed class Category(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}

internal sealed record Reply(HttpStatusCode Status, string? MediaType, HttpResponseHeaders Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string property] => Json.GetProperty(property).ToString();

    /// <summary>The fields that a problem names.</summary>
    public IReadOnlyList<string> WrongFields => [.. Json.GetProperty("errors").EnumerateObject().Select(p => p.Name)];

    public bool IsReplayed => Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";

    public void IsProblem(HttpStatusCode status)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.EndsWith(".", this["detail"]!, StringComparison.Ordinal);
        Assert.NotEmpty(this["title"]!);
        Assert.StartsWith("urn:consentportal:problem:", this["type"]!, StringComparison.Ordinal);
    }
}
