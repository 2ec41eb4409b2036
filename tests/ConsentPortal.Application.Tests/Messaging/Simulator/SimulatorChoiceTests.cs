using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging.Simulator;

/// <summary>Recipients whose last digits choose what becomes of their text, and what the provider's records say of inbound texts.</summary>
public sealed class SimulatorChoiceTests
{
    [Theory]
    [InlineData("980104", DeliveryStatus.Failed, "4", ProviderErrorClass.PermanentNumber)]
    [InlineData("980110", DeliveryStatus.Rejected, "10", ProviderErrorClass.Content)]
    [InlineData("980153", DeliveryStatus.Rejected, "53", ProviderErrorClass.Configuration)]
    [InlineData("980199", DeliveryStatus.Failed, "99", ProviderErrorClass.Transient)]
    [InlineData("991170", DeliveryStatus.Failed, "3", ProviderErrorClass.PermanentNumber)]
    [InlineData("991482", DeliveryStatus.Rejected, "52", ProviderErrorClass.Configuration)]
    [InlineData("980201", DeliveryStatus.Expired, null, null)]
    [InlineData("980202", DeliveryStatus.Buffered, null, null)]
    [InlineData("980203", DeliveryStatus.Unknown, null, null)]
    [InlineData("991360", DeliveryStatus.Expired, null, null)]
    public async Task The_SMS_API_ends_a_text_with_the_word_and_the_code_that_its_recipient_chooses(string digits, DeliveryStatus status, string? code, ProviderErrorClass? meaning)
    {
        await using var provider = await SimulatedProvider.StartAsync(settings: Account(VonageApi.Sms));

        var accepted = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync($"+12125{digits}"));

        Assert.Equal(DeliveryStatus.Submitted, (await provider.NextReceiptAsync()).Status);
        var end = await provider.NextReceiptAsync();
        Assert.Equal((status, code, meaning), (end.Status, end.ErrorCode, end.ErrorClass));
        await provider.QuietAsync();
        Assert.False(provider.HasMore);
        var record = Assert.Single((await provider.Client.FindByIdAsync([.. accepted.ProviderMessageIds], default)).Value);
        Assert.Equal((status, code), (record.Status, record.ErrorCode));
    }

    [Fact]
    public async Task The_Messages_API_knows_nothing_of_the_ends_of_the_SMS_API()
    {
        await using var provider = await SimulatedProvider.StartAsync();

        await provider.SendAsync("+12125980104");

        await provider.NextReceiptAsync();
        Assert.Equal(DeliveryStatus.Delivered, (await provider.NextReceiptAsync()).Status);
    }

    [Fact]
    public async Task One_part_of_a_long_text_is_refused_while_the_others_are_taken()
    {
        await using var provider = await SimulatedProvider.StartAsync(settings: Account(VonageApi.Sms));

        var accepted = Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync("+12125980302", body: new string('x', 400)));

        Assert.Equal((3, 2, "1"), (accepted.Parts, accepted.ProviderMessageIds.Count, accepted.LostPartsCode));
        await provider.QuietAsync();
        var receipts = new List<DeliveryReceipt>();
        while (provider.HasMore)
            receipts.Add(await provider.NextReceiptAsync());
        Assert.Equal(accepted.ProviderMessageIds, receipts.Where(r => r.Status == DeliveryStatus.Delivered).Select(r => r.ProviderMessageId));
        Assert.Null(Assert.IsType<SendOutcome.Accepted>(await provider.SendAsync("+12125980302")).LostPartsCode);
    }

    [Theory]
    [InlineData(false, "MESSAGES", "message_uuid")]
    [InlineData(true, "SMS", "message_id")]
    public async Task Reports_hold_what_handsets_sent(bool bySmsApi, string product, string idName)
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatorOptions.Prompt with { InboundBySmsApi = bySmsApi }, Account(VonageApi.Messages));
        var reply = provider.Simulator.Reply("+12125552368", "+12025550111", "STOP");
        provider.Simulator.Reply("+12125552369", "+12025550111", "JOIN");
        var ask = $"product={product}&direction=inbound&date_end=2999-01-01T00:00:00Z";

        var record = Assert.Single(await RecordsAsync(provider, $"{ask}&from=12125552368"));

        Assert.Equal((reply.MessageId, "inbound", "12025550111", false), (record.GetProperty(idName).GetString(), record.GetProperty("direction").GetString(), record.GetProperty("to").GetString(), Words(record) is not null));
        Assert.Equal("STOP", Words(Assert.Single(await RecordsAsync(provider, $"{ask}&include_message=true&id={reply.MessageId}"))));
        Assert.Equal(2, (await RecordsAsync(provider, ask)).Count);
        Assert.Empty(await RecordsAsync(provider, ask.Replace(product, bySmsApi ? "MESSAGES" : "SMS", StringComparison.Ordinal)));
        Assert.IsType<RedactionOutcome.Redacted>(await provider.Client.RedactAsync(reply.MessageId, MessageDirection.Inbound, default));
        Assert.Empty(await RecordsAsync(provider, $"{ask}&from=12125552368"));
    }

    [Theory]
    [InlineData("552368", LineType.Mobile, true, true)]
    [InlineData("980401", LineType.Landline, true, false)]
    [InlineData("980402", LineType.Virtual, true, true)]
    [InlineData("980403", LineType.TollFree, true, false)]
    [InlineData("980408", LineType.Mobile, true, false)]
    [InlineData("980409", LineType.Mobile, false, false)]
    public async Task An_insight_says_what_its_number_chooses(string digits, LineType line, bool isValid, bool isReachable)
    {
        await using var provider = await SimulatedProvider.StartAsync();

        var found = (await provider.Client.LookUpLineAsync($"+12125{digits}", default)).Value;

        Assert.Equal((line, isValid, isReachable, "99901"), (found.LineType, found.IsValidFormat, found.IsReachable, found.CurrentCarrier?.NetworkCode));
    }

    [Fact]
    public void Thirty_texts_a_second_are_the_rule_and_tests_have_none() =>
        Assert.Equal((30, 30, 0), (new SimulatorHostOptions().Behaviour.RequestsPerSecond, new SimulatorOptions().RequestsPerSecond, SimulatorOptions.Prompt.RequestsPerSecond));

    private static string? Words(JsonElement record) => record.GetProperty("message_body").GetString();

    private static async Task<IReadOnlyList<JsonElement>> RecordsAsync(SimulatedProvider provider, string query)
    {
        var settings = provider.Settings;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(provider.Simulator.Address, $"/v2/reports/records?account_id={settings.ApiKey}&{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ApiKey}:{settings.ApiSecret}")));
        using var answer = await provider.Http.SendAsync(request);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("records").EnumerateArray()];
    }

    private static VonageOptions Account(VonageApi api)
    {
        var settings = VonageSettings.Valid();
        (settings.Api, settings.ApplicationId, settings.PrivateKey) = (api, null, null);
        return settings;
    }
}
