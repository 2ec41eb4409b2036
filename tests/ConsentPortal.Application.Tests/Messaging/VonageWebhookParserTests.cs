using System.Text;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageWebhookParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_status_of_the_Messages_API_becomes_a_receipt()
    {
        var receipt = Receipt("""
            {"message_uuid":"3f0f9a52-7c0e-4a57-9c2b-5f9d1c1b7a10","channel":"sms","to":"447700900123","from":"AcmeInc","timestamp":"2026-11-23T10:15:31Z",
             "status":"rejected","client_ref":"c42-r7",
             "error":{"type":"https://developer.vonage.com/api-errors/messages#1190","title":"1190","detail":"Absent Subscriber Permanent","instance":"9f"},
             "usage":{"currency":"EUR","price":"0.0333"},"destination":{"network_code":"23410"},"sms":{"count_total":"2"}}
            """);

        Assert.Equal(
            new DeliveryReceipt(
                "3f0f9a52-7c0e-4a57-9c2b-5f9d1c1b7a10", "c42-r7", DeliveryStatus.Rejected, "1190", ProviderErrorClass.PermanentNumber,
                new DateTimeOffset(2026, 11, 23, 10, 15, 31, TimeSpan.Zero), 2, 0.0333m,
                "st:3f0f9a52-7c0e-4a57-9c2b-5f9d1c1b7a10:rejected:2026-11-23T10:15:31Z") { NetworkCode = "23410", ErrorMeaning = "subscriber gone for good" },
            receipt);
        Assert.Equal('P', receipt.ErrorClass!.Value.Letter());
    }

    [Fact]
    public void Numbers_instead_of_text_and_a_fraction_of_a_second_are_read_as_well()
    {
        var receipt = Receipt("""{"message_uuid":"u1","channel":"sms","timestamp":"2026-11-23T10:15:31.123+00:00","status":"delivered","usage":{"price":0.05},"sms":{"count_total":3}}""");

        Assert.Equal((DeliveryStatus.Delivered, 3, 0.05m, null), (receipt.Status, receipt.Parts, receipt.Price, receipt.ErrorClass));
        Assert.Equal(123, receipt.At.Millisecond);
    }

    [Fact]
    public void An_unknown_code_is_kept_raw_and_judged_by_nobody()
    {
        var receipt = Receipt("""{"message_uuid":"u1","channel":"sms","status":"undeliverable","error":{"title":"1999"}}""");

        Assert.Equal(("1999", null, Now), (receipt.ErrorCode, receipt.ErrorClass, receipt.At));
    }

    [Theory]
    [InlineData("submitted", DeliveryStatus.Submitted)]
    [InlineData("undeliverable", DeliveryStatus.Undeliverable)]
    [InlineData("brand-new-status", DeliveryStatus.Unknown)]
    public void Each_status_has_its_word(string word, DeliveryStatus expected) =>
        Assert.Equal(expected, Receipt($$"""{"message_uuid":"u1","status":"{{word}}"}""").Status);

    [Fact]
    public void An_inbound_text_of_the_Messages_API_gets_full_numbers()
    {
        var text = Inbound(VonageWebhookParser.ParseMessages(Bytes("""
            {"channel":"sms","message_uuid":"5b1f6c1e","to":"447700900000","from":"447700900123","timestamp":"2026-11-23T10:20:00Z","message_type":"text",
             "text":"Stop please","sms":{"num_messages":"1","keyword":"STOP"},"usage":{"currency":"EUR","price":"0.0050"},"origin":{"network_code":"23410"}}
            """), Now));

        Assert.Equal(new InboundText("5b1f6c1e", "+447700900123", "+447700900000", "Stop please", new(2026, 11, 23, 10, 20, 0, TimeSpan.Zero), null), text);
        Assert.Equal("in:5b1f6c1e", text.DedupeKey);
    }

    [Fact]
    public void A_short_code_stays_short_and_a_plus_is_not_doubled()
    {
        var text = Inbound(VonageWebhookParser.ParseMessages(Bytes("""{"message_uuid":"u","from":"+14155550123","to":"12345","text":"STOP"}"""), Now));

        Assert.Equal(("+14155550123", "12345"), (text.From, text.To));
    }

    [Fact]
    public void A_picture_without_words_is_an_empty_text_and_another_channel_is_ignored()
    {
        Assert.Equal("", Inbound(VonageWebhookParser.ParseMessages(Bytes("""{"channel":"mms","message_uuid":"u","from":"447700900123","to":"447700900000"}"""), Now)).Text);
        Assert.IsType<VonageEvent.Ignored>(VonageWebhookParser.ParseMessages(Bytes("""{"channel":"whatsapp","message_uuid":"u","status":"read"}"""), Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"message_uuid":"u"}""")]
    [InlineData("""{"message_uuid":"u","from":"447700900123"}""")]
    [InlineData("""{"message_uuid":null,"status":"delivered"}""")]
    public void What_cannot_be_read_names_what_is_missing(string body) =>
        Assert.NotEmpty(Assert.IsType<VonageEvent.Unreadable>(VonageWebhookParser.ParseMessages(Bytes(body), Now)).Reason);

    [Fact]
    public void A_part_of_a_long_text_of_the_SMS_API_says_which_part_it_is()
    {
        var text = Inbound(Sms("""
            {"api-key":"abcd1234","msisdn":"447700900123","to":"447700900000","messageId":"0B00000004F1A2C3","text":"YES from both","type":"text","keyword":"YES",
             "message-timestamp":"2026-11-23 10:20:00","concat":"true","concat-ref":"108","concat-total":"2","concat-part":"1"}
            """));

        Assert.Equal(new InboundPart("108", 1, 2), text.Part);
        Assert.Equal((new DateTimeOffset(2026, 11, 23, 10, 20, 0, TimeSpan.Zero), "in:0B00000004F1A2C3:1"), (text.ReceivedAt, text.DedupeKey));
    }

    [Theory]
    [InlineData("0", "2")]
    [InlineData("3", "2")]
    [InlineData("1", "1")]
    [InlineData("x", "2")]
    public void A_part_number_that_cannot_be_makes_the_part_a_text_of_its_own(string part, string total) =>
        Assert.Null(Inbound(Sms($$"""{"msisdn":"447700900123","to":"447700900000","messageId":"A","text":"x","concat":"true","concat-ref":"1","concat-part":"{{part}}","concat-total":"{{total}}"}""")).Part);

    [Fact]
    public void A_receipt_of_the_SMS_API_swaps_the_names_and_keeps_its_own_codes()
    {
        var receipt = Assert.IsType<VonageEvent.Receipt>(Sms("""
            {"msisdn":"447700900123","to":"AcmeInc","network-code":"23410","messageId":"0A0000000123ABCD1","price":"0.03330000","status":"failed","scts":"2611231015","err-code":"9",
             "api-key":"abcd1234","client-ref":"c42-r7","message-timestamp":"2026-11-23 10:15:30"}
            """)).Delivery;

        Assert.Equal((DeliveryStatus.Failed, "9", ProviderErrorClass.OptedOut, "c42-r7", 0.0333m), (receipt.Status, receipt.ErrorCode, receipt.ErrorClass, receipt.ClientRef, receipt.Price));
        Assert.Equal("st:0A0000000123ABCD1:failed:9:2611231015", receipt.DedupeKey);
    }

    [Theory]
    [InlineData("accepted", "0", DeliveryStatus.Submitted)]
    [InlineData("buffered", "0", DeliveryStatus.Buffered)]
    [InlineData("delivered", "0", DeliveryStatus.Delivered)]
    [InlineData("expired", "1", DeliveryStatus.Expired)]
    public void Codes_of_zero_are_no_error(string word, string code, DeliveryStatus expected)
    {
        var receipt = Assert.IsType<VonageEvent.Receipt>(Sms($$"""{"messageId":"A","status":"{{word}}","err-code":"{{code}}"}""")).Delivery;

        Assert.Equal((expected, code == "0" ? null : code), (receipt.Status, receipt.ErrorCode));
    }

    /// <summary>The same number means different things in the two tables for the Messages API.</summary>
    [Fact]
    public void Tables_for_answers_and_receipts_are_not_mixed_up()
    {
        Assert.Equal(ProviderErrorClass.Transient, VonageErrors.Receipt["1100"].Class);
        Assert.Equal(ProviderErrorClass.Configuration, VonageErrors.HttpAnswer["1100"].Class);
        Assert.Null(VonageErrors.Receipt["1490"].Class);
        Assert.Equal(58, VonageErrors.Receipt.Count);
        Assert.Equal(20, VonageErrors.SmsAnswer.Count);
        Assert.Equal(21, VonageErrors.SmsReceipt.Count);
    }

    private static DeliveryReceipt Receipt(string body) =>
        Assert.IsType<VonageEvent.Receipt>(VonageWebhookParser.ParseMessages(Bytes(body), Now)).Delivery;

    private static InboundText Inbound(VonageEvent parsed) => Assert.IsType<VonageEvent.Inbound>(parsed).Text;

    private static VonageEvent Sms(string body) =>
        VonageWebhookParser.ParseSms(new VonageWebhookRequest(null, "application/json", null, Bytes(body)).Parameters()!, Now);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
