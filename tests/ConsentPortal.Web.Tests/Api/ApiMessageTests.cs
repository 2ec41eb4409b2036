using System.Net;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Api;

/// <summary>A program has one person texted, and can follow what becomes of it.</summary>
public sealed class ApiMessageTests(ApiPortal api) : IClassFixture<ApiPortal>
{
    private const string Messages = "/api/v1/messages";
    private const string Body = "Aurora Outfitters: your parcel 4711 is on its way.";

    [Fact]
    public async Task A_text_leaves_through_the_dispatcher_and_its_state_is_told()
    {
        var (key, number) = (await api.MakeKeyAsync(), await AddAsync("order-updates"));

        var planned = await api.PostAsync(key.Secret, Messages, new { phone = number, purpose = "order-updates", body = Body }, "parcel-1");

        Assert.Equal((HttpStatusCode.Accepted, "planned", ""), (planned.Status, planned["state"], planned["reason"]));
        Assert.Equal("delivered", await WaitAsync(key.Secret, planned["id"]!));
    }

    [Fact]
    public async Task A_stored_text_is_sent_by_its_name_in_the_language_that_is_asked_for_and_only_with_its_values()
    {
        var (key, number) = (await api.MakeKeyAsync(), await AddAsync("order-updates"));

        var planned = await api.PostAsync(key.Secret, Messages, new { phone = number, purpose = "order-updates", template = "order-shipped", language = "de-AT", values = new { orderNumber = "4711" } }, "stored-1");
        var bare = await api.PostAsync(key.Secret, Messages, new { phone = number, purpose = "order-updates", template = "order-shipped", values = new { } });
        var unseen = await api.PostAsync(key.Secret, Messages, new { phone = number, purpose = "order-updates", template = "order-ready", values = new { orderNumber = "4711" } });

        Assert.Equal((HttpStatusCode.Accepted, "planned", "order-shipped", "1", "de"), (planned.Status, planned["state"], planned["template"], planned["templateVersion"], planned["language"]));
        Assert.Equal(["values"], bare.WrongFields);
        Assert.Equal(["template"], unseen.WrongFields);
    }

    [Fact]
    public async Task The_document_of_the_API_describes_stored_texts()
    {
        var document = (await api.SendAsync(HttpMethod.Get, null, Paths.ApiDocument)).Json;

        var request = document.GetProperty("components").GetProperty("schemas").GetProperty("MessageRequest");
        Assert.All(["body", "template", "language", "values"], name => Assert.NotEmpty(request.GetProperty("properties").GetProperty(name).GetProperty("description").GetString()!));
        Assert.Equal(["phone", "purpose"], request.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_promotional_text_is_refused_and_says_by_which_rule()
    {
        var (key, number) = (await api.MakeKeyAsync(), await AddAsync("order-updates"));

        var reply = await api.PostAsync(key.Secret, Messages, new { phone = number, purpose = "order-updates", body = $"{Body} Use code EXTRA for 20% off." });

        Assert.Equal((HttpStatusCode.OK, "refused", "reclassified"), (reply.Status, reply["state"], reply["reason"]));
        Assert.Contains("C-02", reply.Json.GetProperty("rules").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("refused", (await api.SendAsync(HttpMethod.Get, key.Secret, $"{Messages}/{reply["id"]}"))["state"]);
    }

    [Fact]
    public async Task A_repeated_request_is_one_text_and_what_is_kept_of_it_quotes_nothing()
    {
        var (key, number) = (await api.MakeKeyAsync(), await AddAsync("order-updates"));
        var body = new { phone = number, purpose = "order-updates", body = Body };
        var before = (await api.TracesAsync(number)).Texts;

        var first = await api.PostAsync(key.Secret, Messages, body, "parcel-2");
        var second = await api.PostAsync(key.Secret, Messages, body, "parcel-2");

        Assert.Equal((first.Text, false, true), (second.Text, first.IsReplayed, second.IsReplayed));
        Assert.Equal(before + 1, (await api.TracesAsync(number)).Texts);
        await using var db = api.Portal.Open();
        var kept = (await db.IdempotentAnswers.SingleAsync(a => a.Key == "parcel-2")).Body;
        Assert.DoesNotContain("parcel 4711", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(number[1..], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Log, line => line.Contains("parcel 4711", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"phone":"12","purpose":"order-updates","body":"Hi"}""", "phone")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi"}""", "phone")]
    [InlineData("""{"phone":"+12127379997","purpose":"offers","body":"Hi"}""", "purpose")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":" "}""", "body")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi {{ order }}"}""", "body")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi","notAfter":"2020-01-01"}""", "notAfter")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi","template":"x"}""", "body")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi","language":"de"}""", "language")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi","values":{"a":"b"}}""", "values")]
    [InlineData("""{"phone":"+12127379997","purpose":"order-updates","body":"Hi","templat":"x"}""", "templat")]
    public async Task What_can_not_be_planned_is_refused_by_the_name_of_its_field(string body, string field)
    {
        var reply = await api.PostAsync((await api.MakeKeyAsync()).Secret, Messages, body);

        reply.IsProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal([field], reply.WrongFields);
    }

    [Fact]
    public async Task A_text_that_no_program_asked_for_is_not_found()
    {
        var key = await api.MakeKeyAsync();
        await using var db = api.Portal.Open();
        var other = await db.OutboundMessages.Where(m => m.CampaignId != null).Select(m => m.Id).FirstOrDefaultAsync();

        (await api.SendAsync(HttpMethod.Get, key.Secret, $"{Messages}/{other}")).IsProblem(HttpStatusCode.NotFound);
        (await api.SendAsync(HttpMethod.Get, key.Secret, $"{Messages}/none")).IsProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_needs_a_scope_of_its_own()
    {
        var key = await api.MakeKeyAsync(Permissions.RecordConsent);

        (await api.PostAsync(key.Secret, Messages, new { phone = api.NewNumber(), purpose = "order-updates", body = Body })).IsProblem(HttpStatusCode.Forbidden);
        (await api.SendAsync(HttpMethod.Get, key.Secret, $"{Messages}/1")).IsProblem(HttpStatusCode.Forbidden);
    }

    private async Task<string> AddAsync(string purpose)
    {
        var number = api.NewNumber();
        var added = await api.PostAsync((await api.MakeKeyAsync()).Secret, "/api/v1/consents", new { phone = number, purpose, agreedAt = "2026-11-01T10:00:00Z" });
        Assert.Equal(HttpStatusCode.Created, added.Status);
        return number;
    }

    private async Task<string> WaitAsync(string secret, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var state = (await api.SendAsync(HttpMethod.Get, secret, $"{Messages}/{id}"))["state"]!;
            if (state is not ("planned" or "sending" or "accepted"))
                return state;
            await Task.Delay(1000, patience.Token);
        }
    }
}
