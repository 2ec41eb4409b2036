using System.Net;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>Who gets in, and that whoever does not gets a problem document and never a page.</summary>
public sealed class ApiAccessTests(ApiPortal api) : IClassFixture<ApiPortal>
{
    private const string Lookup = "/api/v1/consents/lookup";

    private object Question => new { phone = api.NewNumber() };

    [Theory]
    [InlineData(null)]
    [InlineData("cp_short")]
    [InlineData("cp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_usable_key_there_is_a_problem_and_no_page(string? secret)
    {
        var reply = await api.PostAsync(secret, Lookup, Question);

        reply.IsProblem(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_key_with_the_scope_gets_in_and_its_use_is_noted()
    {
        var key = await api.MakeKeyAsync(Permissions.ViewSubscribers);

        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync(key.Secret, Lookup, Question)).Status);

        await using var db = api.Portal.Open();
        var row = await db.ApiKeys.SingleAsync(k => k.Id == key.Id);
        Assert.NotNull(row.LastUsedAt);
        Assert.Equal(0, row.LastUsedAt.Value.Second);
        Assert.DoesNotContain(key.Secret[10..], row.Prefix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_told_which_one_it_needs()
    {
        var key = await api.MakeKeyAsync(Permissions.RecordConsent);

        var reply = await api.PostAsync(key.Secret, Lookup, Question);

        reply.IsProblem(HttpStatusCode.Forbidden);
        Assert.Contains(Permissions.ViewSubscribers, reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var key = await api.MakeKeyAsync();
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync(key.Secret, Lookup, Question)).Status);

        await api.Portal.Get<RevokeApiKey>().ExecuteAsync(Actor.CommandLine, key.Id, default);

        (await api.PostAsync(key.Secret, Lookup, Question)).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(300);
        var key = (await api.Portal.Get<CreateApiKey>().ExecuteAsync(Actor.CommandLine, new ApiKeyDraft("Till", ApiPortal.EveryScope, soon), default)).Value;
        await Task.Delay(400);

        (await api.PostAsync(key.Secret, Lookup, Question)).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_back()
    {
        var key = await api.MakeKeyAsync();
        Reply reply;
        var count = 0;
        do
            reply = await api.PostAsync(key.Secret, Lookup, "{");
        while (reply.Status != HttpStatusCode.TooManyRequests && ++count <= 2 * ApiPortal.RequestsPerMinute + 1);

        reply.IsProblem(HttpStatusCode.TooManyRequests);
        Assert.InRange(reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync((await api.MakeKeyAsync()).Secret, Lookup, Question)).Status);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/v1/consents?phone=x", 404)]
    [InlineData("DELETE", "/api/v1/withdrawals", 405)]
    public async Task A_wrong_address_or_method_is_a_problem_and_no_page(string method, string path, int status) =>
        (await api.SendAsync(new HttpMethod(method), (await api.MakeKeyAsync()).Secret, path)).IsProblem((HttpStatusCode)status);

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "text/plain")]
    [InlineData("DELETE", null)]
    public async Task Whoever_has_no_key_hears_of_that_first(string method, string? mediaType) =>
        (await api.SendAsync(new HttpMethod(method), null, "/api/v1/consents", mediaType is null ? null : "{}", mediaType: mediaType ?? "")).IsProblem(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_form_is_no_body() =>
        (await api.SendAsync(HttpMethod.Post, (await api.MakeKeyAsync()).Secret, Lookup, "phone=1", mediaType: "application/x-www-form-urlencoded")).IsProblem(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task The_document_is_open_and_names_every_endpoint_its_scope_and_its_key()
    {
        var document = await api.SendAsync(HttpMethod.Get, null, Paths.ApiDocument);

        Assert.Equal(HttpStatusCode.OK, document.Status);
        var paths = document.Json.GetProperty("paths");
        Assert.Equal(
            ["/api/v1/consents", "/api/v1/consents/lookup", "/api/v1/decisions", "/api/v1/messages", "/api/v1/messages/{id}", "/api/v1/privacy-requests", "/api/v1/withdrawals"], paths.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var consents = paths.GetProperty("/api/v1/consents").GetProperty("post");
        Assert.Contains(Permissions.RecordConsent, consents.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("Idempotency-Key", consents.GetProperty("parameters")[0].GetProperty("name").GetString());
        Assert.True(consents.GetProperty("responses").TryGetProperty("409", out _));
        Assert.NotEmpty(consents.GetProperty("security").EnumerateArray().Single().EnumerateObject());
        var schemas = document.Json.GetProperty("components").GetProperty("schemas");
        Assert.Equal("date-time", schemas.GetProperty("ConsentRequest").GetProperty("properties").GetProperty("agreedAt").GetProperty("format").GetString());
        Assert.Equal(["phone", "purpose", "agreedAt"], schemas.GetProperty("ConsentRequest").GetProperty("required").EnumerateArray().Select(p => p.GetString()));
        Assert.Contains("webForm", document.Text, StringComparison.Ordinal);
        Assert.Equal("bearer", document.Json.GetProperty("components").GetProperty("securitySchemes").GetProperty("apiKey").GetProperty("scheme").GetString());
    }
}
