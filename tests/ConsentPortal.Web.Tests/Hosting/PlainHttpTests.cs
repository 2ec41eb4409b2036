using System.Net;
using System.Text;
using System.Text.Json;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>What comes over plain http where real people's numbers are: programs are refused, browsers are sent to https.</summary>
public sealed class PlainHttpTests
{
    [Theory]
    [InlineData("POST", "/api/v1/consents")]
    [InlineData("GET", "/api/v1/openapi.json")]
    [InlineData("GET", "/api/no-such-thing")]
    public async Task In_production_the_api_refuses_with_a_problem_document_and_redirects_nobody(string method, string path)
    {
        await using var portal = await StartedPortal.StartAsync("Production", null, "--https_port", "443");
        using var reply = await SendAsync(portal, method, path);

        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        Assert.Equal(("urn:consentportal:problem:tls-needed", 403), (problem.RootElement.GetProperty("type").GetString(), problem.RootElement.GetProperty("status").GetInt32()));
        Assert.Null(reply.Headers.Location);
        Assert.True(reply.Headers.Contains("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_tls_the_api_answers_as_ever()
    {
        await using var portal = await StartedPortal.StartAsync("Production", null, "--https_port", "443");
        using var reply = await SendAsync(portal, "POST", "/api/v1/consents", ("X-Forwarded-Proto", "https"));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public async Task In_production_a_page_is_redirected_and_in_development_the_api_answers_plain_http()
    {
        await using var production = await StartedPortal.StartAsync("Production", null, "--https_port", "443");
        using var page = await SendAsync(production, "GET", Paths.SignIn);
        await using var development = await StartedPortal.StartAsync("Development");
        using var reply = await SendAsync(development, "POST", "/api/v1/consents");

        Assert.Equal((HttpStatusCode.TemporaryRedirect, "https"), (page.StatusCode, page.Headers.Location?.Scheme));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(StartedPortal portal, string method, string path, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = portal.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method == "POST")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await http.SendAsync(request);
    }
}
