using System.Net;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>A program that did not hear the answer can ask again, and nothing happens twice.</summary>
public sealed class IdempotencyTests(ApiPortal api) : IClassFixture<ApiPortal>
{
    private const string Consents = "/api/v1/consents";

    private static object Body(string number, string level = "express") => new { phone = number, purpose = "appointment-reminders", level, agreedAt = "2026-11-01T10:00:00Z" };

    [Fact]
    public async Task The_same_request_gets_the_same_answer_word_for_word()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var first = await api.PostAsync(key.Secret, Consents, Body(number), "order-1");
        var second = await api.PostAsync(key.Secret, Consents, Body(number), "order-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, second.Status));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal((false, true), (first.IsReplayed, second.IsReplayed));
        Assert.Equal(1, (await api.TracesAsync(number)).Events);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, Body(number), "order-2");

        (await api.PostAsync(key.Secret, Consents, Body(number, "softOptIn"), "order-2")).IsProblem(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsync(key.Secret, "/api/v1/withdrawals", new { phone = number }, "order-2")).IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal((1, 0), ((await api.TracesAsync(number)).Events, (await api.TracesAsync(number)).Stops));
    }

    [Fact]
    public async Task Another_program_may_use_the_same_key()
    {
        var (number, other) = (api.NewNumber(), api.NewNumber());
        await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, Body(number), "order-3");

        var reply = await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, Body(other), "order-3");

        Assert.Equal((HttpStatusCode.Created, false), (reply.Status, reply.IsReplayed));
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free_for_the_corrected_request()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        (await api.PostAsync(key.Secret, Consents, new { phone = number, purpose = "nothing such", agreedAt = "2026-11-01" }, "order-4")).IsProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync(key.Secret, Consents, Body(number), "order-4")).Status);
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_one_consent()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync(key.Secret, Consents, Body(number), "order-5")));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created && !reply.IsReplayed);
        Assert.All(replies, reply => Assert.True(reply.Status == HttpStatusCode.Conflict || reply.Status == HttpStatusCode.Created, reply.Text));
        Assert.Equal((1, 1), ((await api.TracesAsync(number)).People, (await api.TracesAsync(number)).Events));
    }

    [Fact]
    public async Task An_answer_is_forgotten_after_a_day()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, Body(number), "order-6");
        await api.Portal.Get<PortalDatabase>().WriteAsync(
            db => db.IdempotentAnswers.Where(a => a.Key == "order-6").ExecuteUpdateAsync(a => a.SetProperty(x => x.At, TimeProvider.System.GetUtcNow() - ApiAnswers.Kept - TimeSpan.FromMinutes(1))), default);

        var reply = await api.PostAsync(key.Secret, Consents, Body(number), "order-6");

        Assert.Equal((HttpStatusCode.OK, false), (reply.Status, reply.IsReplayed));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x")]
    public async Task A_key_that_is_too_long_or_not_visible_is_refused(string name)
    {
        var number = api.NewNumber();

        var reply = await api.PostAsync((await api.MakeKeyAsync()).Secret, Consents, Body(number), name);

        reply.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, (await api.TracesAsync(number)).People);
    }

    [Fact]
    public async Task What_is_kept_names_nobody()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, Consents, Body(number), "order-7");

        await using var db = api.Portal.Open();
        var kept = await db.IdempotentAnswers.SingleAsync(a => a.Key == "order-7");
        Assert.DoesNotContain(number[1..], kept.Body, StringComparison.Ordinal);
        Assert.Equal(32, kept.RequestHash.Length);
    }
}
