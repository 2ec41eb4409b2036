using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

/// <summary>What one does to the simulated provider by hand: blocks, parts, time, settings, codes; all over HTTP.</summary>
public sealed class SimulatorBenchTests
{
    private const string Handset = "12125552368";
    private const string Ours = "12025550111";

    [Theory]
    [InlineData(VonageApi.Messages, "1240")]
    [InlineData(VonageApi.Sms, "9")]
    public async Task Opt_Out_Assist_blocks_a_handset_that_texts_STOP_answers_it_and_forwards_the_text(VonageApi api, string code)
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { OptOutAssist = true }, Account(api));

        await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "stop." });

        Assert.Equal("stop.", Assert.IsType<VonageEvent.Inbound>((await provider.NextAsync()).Event).Text.Text);
        Assert.Contains("unsubscribed", provider.Simulator.Journal.Conversation(Handset, 10)[^1].Text, StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync());
        await provider.NextReceiptAsync();
        var end = await provider.NextReceiptAsync();
        Assert.Equal((ProviderErrorClass.OptedOut, code), (end.ErrorClass, end.ErrorCode));
        Assert.Single((await provider.Client.FindBlockedAsync(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), default)).Value);
    }

    [Fact]
    public async Task START_lifts_the_block_of_its_own_pair_only_and_without_Opt_Out_Assist_nothing_is_blocked()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "STOP" });
        Assert.Empty(provider.Simulator.Blocks.All);

        provider.Simulator.Options = SimulatorOptions.Prompt with { OptOutAssist = true };
        await PostAsync(provider, "/blocked", new { number = Handset, sender = Ours });
        await PostAsync(provider, "/blocked", new { number = Handset, sender = "12025550199" });
        await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "START" });

        Assert.Equal("12025550199", Assert.Single(provider.Simulator.Blocks.All).Sender);
        Assert.Equal($"number\n{Handset}\n", await provider.Http.GetStringAsync(new Uri(provider.Simulator.Address, "/blocked.csv?sender=12025550199")));
        Assert.Equal("number\n", await provider.Http.GetStringAsync(new Uri(provider.Simulator.Address, $"/blocked.csv?sender={Ours}")));
        using var unblock = new HttpRequestMessage(HttpMethod.Delete, new Uri(provider.Simulator.Address, "/blocked")) { Content = JsonContent.Create(new { number = Handset, sender = "+12025550199" }) };
        await provider.Http.SendAsync(unblock);
        Assert.Empty((await provider.Http.GetFromJsonAsync<JsonElement>(new Uri(provider.Simulator.Address, "/blocked"))).EnumerateArray());
        Assert.Equal(422, (int)(await PostAsync(provider, "/blocked", new { number = "x", sender = Ours })).StatusCode);
    }

    [Fact]
    public async Task A_text_comes_in_parts_in_any_order_and_a_part_that_is_not_named_never_comes()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "Please 🛑 stop now", parts = 4, order = new[] { 3, 1, 4 } });

        var parts = new List<InboundText>();
        while (parts.Count < 3)
            parts.Add(Assert.IsType<VonageEvent.Inbound>((await provider.NextAsync()).Event).Text);
        await provider.QuietAsync();
        Assert.False(provider.HasMore);
        Assert.Equal([3, 1, 4], parts.Select(part => part.Part!.Number));
        Assert.All(parts, part => Assert.Equal((4, parts[0].Part!.Reference), (part.Part!.Total, part.Part.Reference)));
        Assert.Equal(3, parts.Select(part => part.ProviderMessageId).Distinct().Count());
        Assert.Equal("Please 🛑 stop now", string.Concat(new SimulatedArrival { Parts = 4 }.Pieces("Please 🛑 stop now").Select(piece => piece.Text)));
        Assert.Equal("Please 🛑 stop now".Length, Enumerable.Range(2, 16).Select(n => string.Concat(new SimulatedArrival { Parts = n }.Pieces("Please 🛑 stop now").Select(piece => piece.Text)).Length).Distinct().Single());
    }

    [Theory]
    [InlineData("parts", 300, 1)]
    [InlineData("parts", 9, 1)]
    [InlineData("order", 2, 3)]
    public async Task Parts_that_cannot_be_are_refused(string named, int parts, int first)
    {
        await using var provider = await SimulatedProvider.StartAsync();

        var answer = await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "STOP", parts, order = new[] { first } });

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_with_an_old_signature_comes_again_with_a_fresh_one()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        await PostAsync(provider, "/inbound", new { from = Handset, to = Ours, text = "STOP", signedMinutesAgo = 1500 });

        Assert.IsType<SignatureVerdict.FromAnotherTime>((await provider.NextAsync()).Verdict);
        Assert.IsType<SignatureVerdict.Valid>((await provider.NextAsync()).Verdict);
    }

    [Fact]
    public async Task Time_passes_at_once_and_what_was_too_young_to_be_redacted_no_longer_is()
    {
        await using var provider = await SimulatedProvider.StartAsync();
        var id = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync()).ProviderMessageIds[0];
        Assert.IsType<RedactionOutcome.TooEarly>(await provider.Client.RedactAsync(id, MessageDirection.Outbound, default));

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(provider, "/clock", new { advance = "01:00:00" })).StatusCode);

        Assert.IsType<RedactionOutcome.Redacted>(await provider.Client.RedactAsync(id, MessageDirection.Outbound, default));
        Assert.Equal(422, (int)(await PostAsync(provider, "/clock", new { advance = "-01:00:00" })).StatusCode);
    }

    [Fact]
    public async Task Every_call_stands_in_the_journal_of_requests_also_one_that_was_refused()
    {
        var settings = Account(VonageApi.Messages);
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt, settings);
        await provider.SendAsync();
        settings.ApiSecret = "another";
        await provider.SendAsync();

        var calls = await provider.Http.GetFromJsonAsync<JsonElement>(new Uri(provider.Simulator.Address, "/requests"));

        Assert.Equal(
            ["1 POST /v1/messages basic 202", "2 POST /v1/messages basic 401"],
            calls.EnumerateArray().Select(call => $"{call.GetProperty("number")} {call.GetProperty("method")} {call.GetProperty("path")} {call.GetProperty("credentials")} {call.GetProperty("status")}"));
    }

    [Fact]
    public async Task Settings_of_the_account_are_saved_only_for_an_address_that_answers()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt, Account(VonageApi.Messages));
        provider.AnswerNext(500, 200);
        KeyValuePair<string, string>[] fields = [new("drCallBackUrl", new Uri(provider.Receiver, "/elsewhere").AbsoluteUri), new("httpForwardMethod", "POST_JSON")];

        Assert.Equal(420, (int)(await SettingsAsync(provider, fields)).StatusCode);
        var saved = await SettingsAsync(provider, fields);

        Assert.Equal(200, (int)saved.StatusCode);
        var body = await saved.Content.ReadFromJsonAsync<JsonElement>();
        Assert.EndsWith("/elsewhere", body.GetProperty("dr-callback-url").GetString(), StringComparison.Ordinal);
        Assert.Equal(30, body.GetProperty("max-calls-per-second").GetInt32());
        Assert.Equal(SmsForwarding.Json, provider.Simulator.Options.SmsForwarding);
        Assert.Equal(420, (int)(await SettingsAsync(provider, [new("httpForwardMethod", "PIGEON")])).StatusCode);
    }

    [Fact]
    public async Task A_code_comes_to_the_handset_and_is_checked_three_times_at_most()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt, Account(VonageApi.Messages));
        var id = await StartAsync(provider);
        var code = provider.Simulator.Journal.Conversation(Handset, 10)[^1].Text.Split(' ')[^1];

        Assert.Equal(409, (int)(await CallAsync(provider, "/v2/verify", Verification())).StatusCode);
        Assert.Equal(400, (int)(await CallAsync(provider, $"/v2/verify/{id}", new { code = "wrong" })).StatusCode);
        var right = await CallAsync(provider, $"/v2/verify/{id}", new { code });
        Assert.Equal("completed", (await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Equal(404, (int)(await CallAsync(provider, $"/v2/verify/{id}", new { code })).StatusCode);

        id = await StartAsync(provider);
        int[] answers = [await WrongAsync(provider, id), await WrongAsync(provider, id), await WrongAsync(provider, id), await WrongAsync(provider, id)];
        Assert.Equal([400, 400, 410, 404], answers);
    }

    [Fact]
    public async Task A_verification_can_be_cancelled_after_half_a_minute_moves_on_and_runs_out()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt, Account(VonageApi.Messages));
        var id = await StartAsync(provider);
        Assert.Equal(409, (int)(await CancelAsync(provider, id)).StatusCode);
        provider.Simulator.Age(TimeSpan.FromSeconds(31));
        Assert.Equal(204, (int)(await CancelAsync(provider, id)).StatusCode);

        id = await StartAsync(provider);
        Assert.Equal(200, (int)(await CallAsync(provider, $"/v2/verify/{id}/next_workflow", new { })).StatusCode);
        Assert.Equal(409, (int)(await CallAsync(provider, $"/v2/verify/{id}/next_workflow", new { })).StatusCode);
        Assert.Contains("(by voice)", provider.Simulator.Journal.Conversation(Handset, 10)[^1].Text, StringComparison.Ordinal);
        provider.Simulator.Age(TimeSpan.FromSeconds(181));
        Assert.Equal(404, await WrongAsync(provider, id));
        Assert.Equal(404, (int)(await CancelAsync(provider, id)).StatusCode);
    }

    [Fact]
    public async Task A_verification_that_says_too_little_or_comes_from_a_stranger_is_refused()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt, Account(VonageApi.Messages));

        var problem = await (await CallAsync(provider, "/v2/verify", new { brand = "A/B", workflow = Array.Empty<object>(), code_length = 3 })).Content.ReadAsStringAsync();

        Assert.All(["brand", "workflow", "code_length"], name => Assert.Contains($"\"{name}\"", problem, StringComparison.Ordinal));
        Assert.Equal(401, (int)(await PostAsync(provider, "/v2/verify", Verification())).StatusCode);
    }

    private static async Task<string> StartAsync(SimulatedProvider provider)
    {
        var answer = await CallAsync(provider, "/v2/verify", Verification());
        Assert.Equal(202, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("request_id").GetString()!;
    }

    private static object Verification() => new { brand = "Aurora", code_length = 6, workflow = new[] { new { channel = "sms", to = Handset }, new { channel = "voice", to = Handset } } };

    private static async Task<int> WrongAsync(SimulatedProvider provider, string id) => (int)(await CallAsync(provider, $"/v2/verify/{id}", new { code = "wrong" })).StatusCode;

    private static Task<HttpResponseMessage> CancelAsync(SimulatedProvider provider, string id) => SendAsync(provider, new HttpRequestMessage(HttpMethod.Delete, new Uri(provider.Simulator.Address, $"/v2/verify/{id}")));

    private static Task<HttpResponseMessage> SettingsAsync(SimulatedProvider provider, KeyValuePair<string, string>[] fields) =>
        SendAsync(provider, new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Simulator.Address, "/account/settings")) { Content = new FormUrlEncodedContent(fields) });

    private static Task<HttpResponseMessage> CallAsync(SimulatedProvider provider, string path, object body) =>
        SendAsync(provider, new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Simulator.Address, path)) { Content = JsonContent.Create(body) });

    private static async Task<HttpResponseMessage> SendAsync(SimulatedProvider provider, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{provider.Settings.ApiKey}:{provider.Settings.ApiSecret}")));
            return await provider.Http.SendAsync(request);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(SimulatedProvider provider, string path, object body) => provider.Http.PostAsJsonAsync(new Uri(provider.Simulator.Address, path), body);

    private static VonageOptions Account(VonageApi api)
    {
        var settings = VonageSettings.Valid();
        (settings.ApplicationId, settings.PrivateKey, settings.Api) = (null, null, api);
        return settings;
    }
}
