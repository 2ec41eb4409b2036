using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>What a person's browser does without scripts: keeps cookies, fills in a form, and follows no redirect unasked.</summary>
internal sealed class Browser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false, AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly HttpClient _http;
    private readonly List<string> _cookies = [];

    /// <param name="headers">Sent with every request.</param>
    public Browser(Uri portal, params IEnumerable<(string Name, string Value)> headers)
    {
        _http = new HttpClient(_handler) { BaseAddress = portal };
        foreach (var (name, value) in headers)
            _http.DefaultRequestHeaders.Add(name, value);
    }

    /// <summary>Every Set-Cookie header that came.</summary>
    public IReadOnlyList<string> CookiesSet => _cookies;

    public async Task<Answer> GetAsync(string path) => await AnswerAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Opens a page, fills in one of its forms and sends it.</summary>
    /// <param name="form">The name that the page gave it.</param>
    public async Task<Answer> SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = (await GetAsync(path)).Document;
        var found = page.QuerySelectorAll<IHtmlFormElement>("form").Single(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form);
        return await SendAsync(path, found, fields);
    }

    public async Task<Answer> SendAsync(string path, IElement form, params (string Name, string Value)[] fields)
    {
        var sent = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var (name, value) in fields)
            sent[name] = value;
        return await PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : path, sent);
    }

    public async Task<Answer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await AnswerAsync(await _http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content));
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private string? Local(Uri? location)
    {
        if (location is null)
            return null;
        var target = new Uri(_http.BaseAddress!, location);
        return target.Authority == _http.BaseAddress!.Authority ? target.PathAndQuery : target.ToString();
    }

    private async Task<Answer> AnswerAsync(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            _cookies.AddRange(cookies);
        return new Answer(response.StatusCode, Local(response.Headers.Location), response.Headers, await response.Content.ReadAsStringAsync(), response.Content.Headers);
    }
}

/// <param name="Location">Where a redirect leads: a path of the portal, or a whole address elsewhere.</param>
internal sealed record Answer(HttpStatusCode Status, string? Location, System.Net.Http.Headers.HttpResponseHeaders Headers, string Html, System.Net.Http.Headers.HttpContentHeaders ContentHeaders)
{
    public IHtmlDocument Document { get; } = new HtmlParser().ParseDocument(Html);

    /// <summary>The one sentence that the page says about what went wrong.</summary>
    public string? Problem => Document.QuerySelector("[role=alert]")?.TextContent.Trim();

    public string? Heading => Document.QuerySelector("h1")?.TextContent.Trim();
}
