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
    [InlineData("+12125991240", DeliveryStatus.Rejected, ProviderErrorClass.OptedOut)]
    [InlineData("+12125991190", DeliveryStatus.Undeliverable, ProviderErrorClass.PermanentNumber)]
    [InlineData("+12125991180", DeliveryStatus.Undeliverable, ProviderErrorClass.Transient)]
    [InlineData("+12125991260", DeliveryStatus.Undeliverable, ProviderErrorClass.SoftStrike)]
    [InlineData("+12125991210", DeliveryStatus.Rejected, ProviderErrorClass.Content)]
    public async Task Some_numbers_choose_their_end(string to, DeliveryStatus status, ProviderErrorClass errorClass)
    {
        await using var provider = await SimulatedProvider.StartAsync();

        Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync(to));

        Assert.Null((await provider.NextReceiptAsync()).ErrorCode);
        var end = await provider.NextReceiptAsync();
        Assert.Equal((status, errorClass, to[^4..]), (end.Status, end.ErrorClass, end.ErrorCode));
    }

    [Fact]
    public async Task Some_numbers_are_refused_at_once_and_some_never_heard_of_again()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        Assert.Equal(StopCause.Balance, Assert.IsType<SendOutcome.Stopped>(await provider.SendAsync("+12125990402")).Cause);
        Assert.Equal(ProviderErrorClass.PermanentNumber, Assert.IsType<SendOutcome.Rejected>(await provider.SendAsync("+12125990422")).Class);
        Assert.IsType<SendOutcome.Throttled>(await provider.SendAsync("+12125990429"));
        Assert.IsType<SendOutcome.Unconfirmed>(await provider.SendAsync("+12125990500"));
        Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync("+12125999999"));

        await provider.QuietAsync();
        Assert.False(provider.HasMore);
        Assert.Equal("accepted", Assert.Single(provider.Simulator.Journal.Page(0, 10)).Status);
    }

    [Fact]
    public async Task A_connection_reset_after_acceptance_is_unconfirmed_and_the_journal_and_the_reports_know_better()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { ResetsAfterAcceptance = 1 });

        var outcome = await provider.SendAsync();

        Assert.Equal(UnconfirmedCause.ConnectionLost, Assert.IsType<SendOutcome.Unconfirmed>(outcome).Cause);
        var entry = Assert.Single(provider.Simulator.Journal.Page(0, 10));
        await provider.QuietAsync();
        var record = Assert.Single((await provider.Client.FindByClientRefAsync("r1", "+12125552368", entry.At, default)).Value);
        Assert.Equal((entry.MessageId, DeliveryStatus.Delivered), (record.ProviderMessageId, record.Status));
        Assert.Equal("r1", (await provider.NextReceiptAsync()).ClientRef);
    }

    [Theory]
    [InlineData("html", UnconfirmedCause.UnreadableAnswer)]
    [InlineData("error", UnconfirmedCause.ServerError)]
    [InlineData("late", UnconfirmedCause.Timeout)]
    public async Task A_wrong_answer_to_a_taken_text_is_unconfirmed(string accident, UnconfirmedCause cause)
    {
        var settings = VonageSettings.Valid();
        settings.RequestTimeout = TimeSpan.FromMilliseconds(300);
        await using var provider = await SimulatedProvider.StartAsync(settings: settings);
        await provider.SendAsync("+12125999999", "warm-up");
        provider.Simulator.Options = accident switch
        {
            "html" => SimulatorOptions.Prompt with { HtmlAnswers = 1 },
            "error" => SimulatorOptions.Prompt with { ServerErrorsAfterAcceptance = 1 },
            _ => SimulatorOptions.Prompt with { AnswerDelay = TimeSpan.FromSeconds(30) },
        };

        Assert.Equal(cause, Assert.IsType<SendOutcome.Unconfirmed>(await provider.SendAsync()).Cause);
        Assert.Equal(2, provider.Simulator.Journal.Count);
        Assert.Equal("r1", (await provider.NextReceiptAsync()).ClientRef);
    }

    [Fact]
    public async Task Receipts_come_twice_in_the_wrong_order_or_before_the_answer_when_asked()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Duplicates = 1, Reordered = 1, Early = 1 });

        await provider.SendAsync();

        Assert.True(provider.HasMore);
        DeliveryReceipt[] receipts = [await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync()];
        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Delivered, DeliveryStatus.Submitted, DeliveryStatus.Submitted], receipts.Select(r => r.Status));
        Assert.Equal(2, receipts.Select(r => r.DedupeKey).Distinct().Count());
    }

    [Fact]
    public async Task Lost_receipts_never_come_and_every_fourth_is_lost_at_a_quarter()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Lost = 0.25 });

        foreach (var n in Enumerable.Range(1, 4))
        {
            await provider.SendAsync(clientRef: $"r{n}");
            await provider.QuietAsync();
        }

        var received = 0;
        for (; provider.HasMore; received++)
            await provider.NextAsync();
        Assert.Equal(6, received);
    }

    [Fact]
    public async Task An_unsigned_webhook_is_signed_when_it_is_repeated_and_a_wrongly_signed_one_never_fits()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { Unsigned = 1, Lost = 0 });
        await provider.SendAsync("+12125999998");
        Assert.IsType<SignatureVerdict.Missing>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Valid>((await provider.NextAsync()).Verdict);

        provider.Simulator.Options = SimulatorOptions.Prompt with { WronglySigned = 1 };
        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();
        Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Wrong>((await provider.NextAsync()).Verdict);
    }

    [Fact]
    public async Task A_webhook_is_repeated_until_it_is_taken()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        provider.AnswerNext(500, 429);

        await provider.SendAsync("+12125999998");
        await provider.QuietAsync();

        DeliveryReceipt[] attempts = [await provider.NextReceiptAsync(), await provider.NextReceiptAsync(), await provider.NextReceiptAsync()];
        Assert.Single(attempts.Select(a => a.DedupeKey).Distinct());
        Assert.False(provider.HasMore);
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
    public async Task Too_fast_is_answered_with_the_time_to_wait()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { RequestsPerSecond = 2, RetryAfter = TimeSpan.FromSeconds(7) });

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => provider.SendAsync(clientRef: $"r{n}")));

        Assert.Contains(outcomes, o => o is SendOutcome.Accepted);
        Assert.Equal(TimeSpan.FromSeconds(7), outcomes.OfType<SendOutcome.Throttled>().First().RetryAfter);
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
