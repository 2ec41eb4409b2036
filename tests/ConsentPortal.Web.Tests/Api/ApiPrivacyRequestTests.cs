using System.Net;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>A program hands in what a person asks about their data.</summary>
public sealed class ApiPrivacyRequestTests(ApiPortal api) : IClassFixture<ApiPortal>
{
    private const string Requests = "/api/v1/privacy-requests";

    [Fact]
    public async Task A_request_is_opened_once_unverified_and_only_with_the_scope()
    {
        var (key, number) = (await api.MakeKeyAsync(), api.NewNumber());
        await api.PostAsync(key.Secret, "/api/v1/consents", new { phone = number, purpose = "appointment-reminders", level = "express", agreedAt = "2026-11-01T10:00:00Z" });
        var body = new { phone = number, kind = "erasure", source = "Chat", message = "Please delete me" };

        (await api.PostAsync((await api.MakeKeyAsync(Permissions.RecordConsent)).Secret, Requests, body)).IsProblem(HttpStatusCode.Forbidden);
        var opened = await api.PostAsync(key.Secret, Requests, body, "dsr-1");
        var repeated = await api.PostAsync(key.Secret, Requests, body, "dsr-1");
        var again = await api.PostAsync(key.Secret, Requests, body);
        var more = await api.PostAsync(key.Secret, Requests, new { phone = number, kind = "erasure", source = "Chat", message = "And my old number" });

        Assert.Equal((HttpStatusCode.Created, "received", "erasure", false), (opened.Status, opened["status"], opened["kind"], opened.IsReplayed));
        Assert.Equal((opened.Text, true), (repeated.Text, repeated.IsReplayed));
        Assert.Equal((HttpStatusCode.OK, opened["id"]), (again.Status, again["id"]));
        Assert.Equal((HttpStatusCode.OK, opened["id"]), (more.Status, more["id"]));
        await using var db = api.Portal.Open();
        var id = PrivacyRequestId.From(Guid.Parse(opened["id"]!));
        Assert.Equal("Chat", (await db.PrivacyRequests.SingleAsync(r => r.Id == id)).Source);
        Assert.Equal(["Please delete me", "And my old number"], await db.PrivacyRequestEntries.Where(e => e.RequestId == id && e.Kind == RequestEntryKinds.Message).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync());
    }

    [Fact]
    public async Task What_can_t_be_taken_is_said_field_by_field()
    {
        var key = await api.MakeKeyAsync();

        Assert.Equal(["phone"], (await api.PostAsync(key.Secret, Requests, new { phone = "+1999", kind = "access" })).WrongFields);
        Assert.Equal(["message"], (await api.PostAsync(key.Secret, Requests, new { phone = api.NewNumber(), kind = "access", message = new string('x', 1501) })).WrongFields);
        Assert.Equal(["receivedAt"], (await api.PostAsync(key.Secret, Requests, new { phone = api.NewNumber(), kind = "access", receivedAt = "2019-01-01T00:00:00Z" })).WrongFields);
    }

    [Fact]
    public async Task A_number_that_nobody_here_has_gets_a_request_whose_receipt_looks_the_same()
    {
        var (key, known, unknown) = (await api.MakeKeyAsync(), api.NewNumber(), api.NewNumber());
        await api.PostAsync(key.Secret, "/api/v1/consents", new { phone = known, purpose = "appointment-reminders", level = "express", agreedAt = "2026-11-01T10:00:00Z" });

        var answers = new[] { await api.PostAsync(key.Secret, Requests, new { phone = known, kind = "objection" }), await api.PostAsync(key.Secret, Requests, new { phone = unknown, kind = "objection" }) };
        var again = await api.PostAsync(key.Secret, Requests, new { phone = unknown, kind = "objection", message = "Please" });

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, "received", "ccpa", "False"), (a.Status, a["status"], a["regime"], a["wasOpenBefore"])));
        Assert.Equal((HttpStatusCode.OK, answers[1]["id"]), (again.Status, again["id"]));
        Assert.Equal(["source"], (await api.PostAsync(key.Secret, Requests, new { phone = unknown, kind = "access", source = $"Mail about {unknown}" })).WrongFields);
        await using var db = api.Portal.Open();
        var id = PrivacyRequestId.From(Guid.Parse(again["id"]!));
        Assert.Null((await db.PrivacyRequests.SingleAsync(r => r.Id == id)).SubscriberId);
        var hash = (await db.UnrecordedNumbers.SingleAsync(n => n.RequestId == id)).PhoneHash;
        Assert.True(await db.Suppressions.AnyAsync(s => s.PhoneHash == hash && s.LiftedAt == null));
    }
}
