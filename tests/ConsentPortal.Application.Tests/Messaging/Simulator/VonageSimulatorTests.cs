using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

public sealed class VonageSimulatorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_is_accepted_and_two_signed_receipts_follow(bool byToken)
    {
        await using var provider = await SimulatedProvider.StartAsync(settings: byToken ? null : KeyAndSecret());

        var accepted = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync(body: "Hello"));

        var (verdict, first) = await provider.NextAsync();
        Assert.IsType<SignatureVerdict.Valid>(verdict);
        var submitted = Assert.IsType<VonageEvent.Receipt>(first).Delivery;
        var delivered = await provider.NextReceiptAsync();
        Assert.Equal((DeliveryStatus.Submitted, DeliveryStatus.Delivered), (submitted.Status, delivered.Status));
        Assert.Equal((accepted.ProviderMessageIds[0], "r1", 1, 0.0333m), (delivered.ProviderMessageId, delivered.ClientRef, delivered.Parts, delivered.Price));
        var entry = Assert.Single(provider.Simulator.Journal.Page(0, 10));
        Assert.Equal(("12125552368", "12025550111", "Hello", "delivered"), (entry.To, entry.From, entry.Text, entry.Status));
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_and_nothing_is_taken()
    {
        var settings = KeyAndSecret();
        await using var provider = await SimulatedProvider.StartAsync(settings: settings);
        settings.ApiSecret = "another";

        Assert.Equal(StopCause.Credentials, Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync()).Cause);
        settings.Api = VonageApi.Sms;
        Assert.Equal(StopCause.Credentials, Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync()).Cause);
        Assert.Equal(0, provider.Simulator.Journal.Count);
    }

    [Fact]
    public async Task A_token_of_another_key_or_application_is_refused()
    {
        var settings = VonageSettings.Valid();
        await using var provider = await SimulatedProvider.StartAsync(settings: settings);
        settings.ApplicationId = "bbbbbbbb-bbbb-cccc-dddd-0123456789ab";
        Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync());

        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        (settings.ApplicationId, settings.PrivateKey) = (VonageSettings.Application.ToUpperInvariant(), stranger.ExportPkcs8PrivateKeyPem());
        Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync());
        Assert.Equal(0, provider.Simulator.Journal.Count);
    }

    [Theory]
    [InlineData(SmsForwarding.Form)]
    [InlineData(SmsForwarding.Query)]
    [InlineData(SmsForwarding.Json)]
    public async Task The_SMS_API_counts_parts_and_sends_a_signed_receipt_for_each(SmsForwarding forwarding)
    {
        var settings = KeyAndSecret();
        settings.Api = VonageApi.Sms;
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { SmsForwarding = forwarding }, settings);

        var accepted = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync("+12125991190", body: new string('x', 200)));

        Assert.Equal((2, 2, 0.0666m), (accepted.Parts, accepted.ProviderMessageIds.Count, accepted.Price));
        var receipts = new List<DeliveryReceipt>();
        while (receipts.Count < 4)
            receipts.Add(await provider.NextReceiptAsync());
        Assert.Equal(accepted.ProviderMessageIds, receipts.Where(r => r.Status == DeliveryStatus.Failed).Select(r => r.ProviderMessageId));
        Assert.Equal((ProviderErrorClass.PermanentNumber, "r1"), (receipts[^1].ErrorClass, receipts[^1].ClientRef));
        Assert.Equal(2, (await provider.Client.FindByIdAsync([.. accepted.ProviderMessageIds], default)).Value.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handset_replies_with_a_signed_inbound_webhook(bool bySmsApi)
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { InboundBySmsApi = bySmsApi });

        var answer = await provider.Http.PostAsJsonAsync(new Uri(provider.Simulator.Address, "/inbound"), new { from = "+12125552368", to = "+12025550111", text = "Stop & go = ünïcode 🛑" });

        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var text = Assert.IsType<VonageEvent.Inbound>((await provider.NextAsync()).Event).Text;
        Assert.Equal(("+12125552368", "+12025550111", "Stop & go = ünïcode 🛑"), (text.From, text.To, text.Text));
        Assert.Equal(text.ProviderMessageId, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageId").GetString());
        Assert.True(Assert.Single(provider.Simulator.Journal.Conversation("12125552368", 10)).IsReply);
    }

    [Theory]
    [InlineData("""{"from":"x","to":"12025550111","text":"STOP"}""", "from")]
    [InlineData("""{"from":"12125552368","text":"STOP"}""", "to")]
    [InlineData("""{"from":"12125552368","to":"12025550111"}""", "text")]
    [InlineData("STOP", "Invalid JSON")]
    public async Task A_reply_that_names_no_handset_receiver_or_text_is_refused(string body, string named)
    {
        await using var provider = await SimulatedProvider.StartAsync();

        var answer = await provider.Http.PostAsync(new Uri(provider.Simulator.Address, "/inbound"), new StringContent(body));

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_redaction_and_insight_are_answered()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Balance = 12.5m });
        var id = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync()).ProviderMessageIds[0];

        Assert.Equal(12.5m, (await provider.Client.GetBalanceAsync(default)).Value.Amount);
        Assert.IsType<RedactionOutcome.TooEarly>(await provider.Client.RedactAsync(id, MessageDirection.Outbound, default));
        provider.Simulator.Options = SimulatorOptions.Prompt with { YoungestRedactable = TimeSpan.Zero };
        Assert.IsType<RedactionOutcome.Redacted>(await provider.Client.RedactAsync(id, MessageDirection.Outbound, default));
        Assert.IsType<RedactionOutcome.NotHeld>(await provider.Client.RedactAsync("nothing", MessageDirection.Outbound, default));
        Assert.Equal("REDACTED", provider.Simulator.Journal.Find(id)!.Text);
        Assert.Equal(LineType.Mobile, (await provider.Client.LookUpLineAsync("+12125552368", default)).Value.LineType);
    }

    [Fact]
    public async Task A_thousand_texts_a_second_are_taken_and_the_journal_is_read_in_pages()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { DeliveredAfter = TimeSpan.FromHours(1), SubmittedAfter = TimeSpan.FromHours(1) });
        var clock = Stopwatch.StartNew();

        await Parallel.ForEachAsync(Enumerable.Range(0, 3000), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (n, _) => Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync(clientRef: $"r{n}")));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"3,000 texts took {clock.Elapsed}.");
        var refs = new HashSet<string>();
        for (var after = 0L; ;)
        {
            var page = await provider.Http.GetFromJsonAsync<JsonElement>(new Uri(provider.Simulator.Address, $"/journal?after={after}&take=999"));
            if (page.GetArrayLength() == 0)
                break;
            refs.UnionWith(page.EnumerateArray().Select(entry => entry.GetProperty("clientRef").GetString()!));
            after = page[page.GetArrayLength() - 1].GetProperty("number").GetInt64();
        }

        Assert.Equal(3000, refs.Count);
        Assert.Equal(3000, (await provider.Http.GetFromJsonAsync<JsonElement>(new Uri(provider.Simulator.Address, "/journal"))).GetArrayLength());
    }

    [Fact]
    public async Task Its_behaviour_is_changed_over_HTTP_and_an_unknown_option_is_refused()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        var address = new Uri(provider.Simulator.Address, "/options");

        var answer = await provider.Http.PutAsync(address, new StringContent("""{"lost":1,"submittedAfter":"00:00:00","smsForwarding":"query"}"""));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal((1d, TimeSpan.Zero, SmsForwarding.Query), (provider.Simulator.Options.Lost, provider.Simulator.Options.SubmittedAfter, provider.Simulator.Options.SmsForwarding));
        Assert.Equal(1, (await provider.Http.GetFromJsonAsync<JsonElement>(address)).GetProperty("lost").GetDouble());
        Assert.Equal(422, (int)(await provider.Http.PutAsync(address, new StringContent("""{"losst":1}"""))).StatusCode);
        Assert.Equal(1, provider.Simulator.Options.Lost);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_one_sentence()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        var refused = Assert.Throws<StartRefusedException>(() => new VonageSimulator(
            provider.Simulator.Address.Port, new SimulatorAccount("k", "s", "sign"), SimulatorTargets.None, SimulatorOptions.Prompt, TimeProvider.System));

        Assert.Contains("another program has the port", refused.Message, StringComparison.Ordinal);
    }

    private static VonageOptions KeyAndSecret()
    {
        var settings = VonageSettings.Valid();
        (settings.ApplicationId, settings.PrivateKey) = (null, null);
        return settings;
    }
}
