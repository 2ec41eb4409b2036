using System.Net;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Web.Tests.Webhooks;

public sealed class VonageWebhooksTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    [Fact]
    public async Task A_receipt_of_an_unknown_text_is_kept_and_answered_200_and_its_repetition_too()
    {
        var body = Receipt("unknown-1");

        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(SimulatorHost.StatusPath, body)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(SimulatorHost.StatusPath, body)).StatusCode);

        var kept = Assert.Single(await KeptAsync("unknown-1"));
        Assert.Equal(("Delivered", null), (kept.Status, kept.MessageId));
    }

    [Fact]
    public async Task Either_address_takes_either_event()
    {
        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(SimulatorHost.InboundPath, Receipt("elsewhere-1"))).StatusCode);
        Assert.Single(await KeptAsync("elsewhere-1"));
    }

    [Fact]
    public async Task A_wrong_signature_is_401_and_a_missing_one_503_and_nothing_is_kept()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.PostAsync(SimulatorHost.StatusPath, Receipt("forged-1"), secret: "another-secret")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.PostAsync(SimulatorHost.StatusPath, Receipt("forged-1"), isSigned: false)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.Http.GetAsync(new Uri(portal.Address, $"{SimulatorHost.StatusPath}?messageId=forged-1&status=delivered"))).StatusCode);

        Assert.Empty(await KeptAsync("forged-1"));
    }

    [Fact]
    public async Task A_bare_GET_is_200_because_the_provider_saves_no_address_that_answers_otherwise()
    {
        Assert.Equal(HttpStatusCode.OK, (await portal.Http.GetAsync(new Uri(portal.Address, SimulatorHost.StatusPath))).StatusCode);

        using var settings = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Simulator.Address, "/account/settings"))
        {
            Content = new FormUrlEncodedContent([new("drCallBackUrl", new Uri(portal.Address, SimulatorHost.StatusPath).AbsoluteUri), new("moCallBackUrl", new Uri(portal.Address, SimulatorHost.InboundPath).AbsoluteUri)]),
            Headers = { Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{portal.Provider.ApiKey}:{portal.Provider.ApiSecret}"))) },
        };
        Assert.Equal(HttpStatusCode.OK, (await portal.Http.SendAsync(settings)).StatusCode);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-25 * 60)]
    public async Task A_webhook_that_fits_but_comes_from_another_time_is_503_and_comes_again_and_nothing_is_kept(int minutes)
    {
        var id = $"other-time-{minutes}";
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.PostAsync(SimulatorHost.StatusPath, Receipt(id), clock: clock)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.PostAsync(SimulatorHost.StatusPath, Receipt(id), secret: "another-secret", clock: clock)).StatusCode);
        Assert.Empty(await KeptAsync(id));

        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(SimulatorHost.StatusPath, Receipt(id))).StatusCode);
    }

    [Theory]
    [InlineData("""{"channel":"whatsapp","message_uuid":"u","status":"read"}""")]
    [InlineData("""{"channel":"sms"}""")]
    [InlineData("not JSON")]
    public async Task What_is_signed_but_says_nothing_to_the_portal_is_200(string body) =>
        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(SimulatorHost.StatusPath, body)).StatusCode);

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_unread() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await portal.PostAsync(SimulatorHost.StatusPath, new string(' ', VonageWebhooks.LargestBody + 1))).StatusCode);

    [Theory]
    [InlineData(SmsForwarding.Form)]
    [InlineData(SmsForwarding.Query)]
    [InlineData(SmsForwarding.Json)]
    public async Task Receipts_of_the_SMS_API_come_as_form_query_or_JSON(SmsForwarding forwarding)
    {
        portal.Simulator.Options = SimulatorOptions.Prompt with { SmsForwarding = forwarding };
        var reference = $"sms-{forwarding}";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = portal.Provider.ApiKey, ["api_secret"] = portal.Provider.ApiSecret, ["to"] = "12125552368", ["from"] = "12025550111", ["text"] = "Hi", ["client-ref"] = reference,
        });

        Assert.Equal(HttpStatusCode.OK, (await portal.Http.PostAsync(new Uri(portal.Simulator.Address, "/sms/json"), form)).StatusCode);

        Assert.Equal(["Submitted", "Delivered"], (await WaitForAsync(reference, 2)).Select(r => r.Status));
    }

    [Fact]
    public async Task A_text_sent_through_the_portals_own_gateway_comes_back_as_receipts()
    {
        portal.Simulator.Options = SimulatorOptions.Prompt;

        var outcome = await portal.Get<ISmsGateway>().SendAsync(new OutgoingText("loop-1", "+12125552368", "+12025550111", "Hi", IsUnicode: false), default);

        var id = Assert.IsType<SendOutcome.Accepted>(outcome).ProviderMessageIds[0];
        Assert.All(await WaitForAsync("loop-1", 2), receipt => Assert.Equal(id, receipt.ProviderMessageId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handset_that_replies_STOP_is_kept_before_the_provider_hears_200(bool bySmsApi)
    {
        portal.Simulator.Options = SimulatorOptions.Prompt with { InboundBySmsApi = bySmsApi };

        var reply = portal.Simulator.Reply(bySmsApi ? "12125552369" : "12125552368", "12025550111", "STOP");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (portal.Simulator.PendingWebhooks > 0)
            await Task.Delay(10, patience.Token);

        await using var db = portal.Database.Open();
        Assert.Equal("optOut", (await db.InboundMessages.SingleAsync(m => m.ProviderMessageId == reply.MessageId)).Action);
    }

    private async Task<IReadOnlyList<ReceivedReceipt>> WaitForAsync(string reference, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            await using var db = portal.Database.Open();
            var receipts = await db.ReceivedReceipts.AsNoTracking().Where(r => r.ClientRef == reference).OrderBy(r => r.Id).ToListAsync(patience.Token);
            if (receipts.Count >= count)
                return receipts;
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<IReadOnlyList<ReceivedReceipt>> KeptAsync(string id)
    {
        await using var db = portal.Database.Open();
        return await db.ReceivedReceipts.AsNoTracking().Where(r => r.ProviderMessageId == id).ToListAsync();
    }

    private static string Receipt(string id) =>
        $$"""{"message_uuid":"{{id}}","channel":"sms","to":"12125552368","from":"12025550111","timestamp":"2026-11-24T17:00:00Z","status":"delivered"}""";
}
