using System.Net;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageAnswerTests
{
    private static readonly OutgoingText Text = new("c42-r7", "+447700900123", "AcmeInc", "Price €5 & more", IsUnicode: false) { TimeToLive = TimeSpan.FromHours(24) };

    [Fact]
    public void The_Messages_request_has_bare_digits_seconds_and_the_reference()
    {
        using var json = JsonDocument.Parse(VonageMessagesApi.Write(Text).Bytes);
        var root = json.RootElement;

        Assert.Equal(
            ("text", "sms", "447700900123", "AcmeInc", "Price €5 & more", "c42-r7", "v1", "86400"),
            (root.Text("message_type"), root.Text("channel"), root.Text("to"), root.Text("from"), root.Text("text"), root.Text("client_ref"), root.Text("webhook_version"), root.Text("ttl")));
        Assert.Equal("text", root.GetProperty("sms").Text("encoding_type"));
    }

    [Fact]
    public void The_SMS_request_is_a_form_with_milliseconds_and_a_named_encoding()
    {
        var form = Encoding.ASCII.GetString(VonageSmsApi.Write(Text with { IsUnicode = true }).Bytes);

        Assert.Equal("from=AcmeInc&to=447700900123&text=Price+%E2%82%AC5+%26+more&type=unicode&client-ref=c42-r7&ttl=86400000", form);
    }

    [Fact]
    public void Accepted_carries_the_id()
    {
        var outcome = VonageMessagesApi.Read(Answer(202, """{"message_uuid":"u1"}"""));

        Assert.Equal("u1", Assert.Single(Assert.IsType<SendOutcome.Accepted>(outcome).ProviderMessageIds));
    }

    [Theory]
    [InlineData(202, "application/json", "{}")]
    [InlineData(202, "application/json", "")]
    [InlineData(202, "application/json", "{\"message_uu")]
    [InlineData(200, "text/html", "<html>Welcome</html>")]
    [InlineData(404, "text/html", "<html>Not found</html>")]
    [InlineData(408, "", "")]
    [InlineData(500, "application/problem+json", """{"type":"x#1000"}""")]
    [InlineData(502, "text/html", "<html>Bad gateway</html>")]
    [InlineData(503, "", "")]
    public void What_may_have_been_accepted_is_unconfirmed(int status, string type, string body) =>
        Assert.IsType<SendOutcome.Unconfirmed>(VonageMessagesApi.Read(Answer(status, body, type)));

    [Fact]
    public void A_refused_parameter_names_its_field_and_masks_the_number()
    {
        var outcome = Assert.IsType<SendOutcome.Rejected>(VonageMessagesApi.Read(Answer(422, """
            {"type":"https://developer.vonage.com/api-errors/messages#1150","title":"Invalid params",
             "invalid_parameters":[{"name":"to","reason":"447700900123 is not a number; must be 7 to 15 digits"}]}
            """)));

        Assert.True(outcome.IsPermanent);
        Assert.Equal(("1150", "to", "••• is not a number; must be 7 to 15 digits"), (outcome.Code, outcome.Problems[0].Field, outcome.Problems[0].Reason));
        Assert.Contains("It named: to.", outcome.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("110", ProviderErrorClass.PermanentNumber, true)]
    [InlineData("1120", ProviderErrorClass.Configuration, true)]
    [InlineData("nonsense", null, true)]
    public void A_refusal_is_permanent_for_its_text_also_where_our_settings_caused_it(string fragment, ProviderErrorClass? errorClass, bool isPermanent)
    {
        var outcome = Assert.IsType<SendOutcome.Rejected>(VonageMessagesApi.Read(Answer(422, $$"""{"type":"https://developer.vonage.com/api-errors/messages#{{fragment}}"}""")));

        Assert.Equal((errorClass, isPermanent), (outcome.Class, outcome.IsPermanent));
    }

    [Theory]
    [InlineData(401, "unathorized", StopCause.Credentials)]
    [InlineData(401, "jwt-expired", StopCause.Credentials)]
    [InlineData(401, "unprovisioned", StopCause.Configuration)]
    [InlineData(402, "low-balance", StopCause.Balance)]
    [InlineData(403, "account-suspended", StopCause.Suspended)]
    [InlineData(403, "forbidden", StopCause.Configuration)]
    [InlineData(301, "", StopCause.Configuration)]
    public void Credentials_balance_and_suspension_stop_the_queue(int status, string fragment, StopCause cause) =>
        Assert.Equal(cause, Assert.IsType<SendOutcome.Stopped>(VonageMessagesApi.Read(Answer(status, $$"""{"type":"https://developer.vonage.com/api-errors#{{fragment}}"}"""))).Cause);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(7, 7)]
    [InlineData(0, 1)]
    [InlineData(86_400, 900)]
    public void Throttled_waits_as_asked_within_reason(int? asked, int waited)
    {
        var answer = Answer(429, "") with { RetryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

        Assert.Equal(TimeSpan.FromSeconds(waited), Assert.IsType<SendOutcome.Throttled>(VonageMessagesApi.Read(answer)).RetryAfter);
    }

    [Fact]
    public void Parts_of_the_SMS_API_are_counted_and_priced()
    {
        var outcome = Assert.IsType<SendOutcome.Accepted>(VonageSmsApi.Read(Answer(200, """
            {"message-count":"2","messages":[
             {"to":"447700900123","message-id":"A1","status":"0","remaining-balance":"12.3","message-price":"0.0333","network":"23410","client-ref":"c42-r7"},
             {"to":"447700900123","message-id":"A2","status":0,"remaining-balance":"12.3","message-price":"0.0333","network":"23410","client-ref":"c42-r7"}]}
            """)));

        Assert.Equal(["A1", "A2"], outcome.ProviderMessageIds);
        Assert.Equal((2, 0.0666m, null), (outcome.Parts, outcome.Price, outcome.LostPartsCode));
    }

    [Fact]
    public void A_text_of_which_one_part_was_refused_is_accepted_and_torn_never_sent_again()
    {
        var outcome = Assert.IsType<SendOutcome.Accepted>(VonageSmsApi.Read(Answer(200, """{"messages":[{"status":"0","message-id":"A1"},{"status":"1","error-text":"Throughput"}]}""")));

        Assert.Equal((1, 2, "1"), (outcome.ProviderMessageIds.Count, outcome.Parts, outcome.LostPartsCode));
    }

    [Theory]
    [InlineData("1", "Throttled")]
    [InlineData("2", "Rejected")]
    [InlineData("3", "Rejected")]
    [InlineData("4", "Stopped")]
    [InlineData("5", "Unconfirmed")]
    [InlineData("6", "Rejected")]
    [InlineData("7", "Rejected")]
    [InlineData("8", "Stopped")]
    [InlineData("9", "Stopped")]
    [InlineData("10", "Throttled")]
    [InlineData("11", "Stopped")]
    [InlineData("12", "Rejected")]
    [InlineData("14", "Stopped")]
    [InlineData("15", "Rejected")]
    [InlineData("17", "Rejected")]
    [InlineData("22", "Rejected")]
    [InlineData("23", "Rejected")]
    [InlineData("29", "Rejected")]
    [InlineData("32", "Stopped")]
    [InlineData("33", "Rejected")]
    [InlineData("77", "Rejected")]
    public void Every_status_of_the_SMS_API_has_its_outcome(string status, string outcome) =>
        Assert.Equal(outcome, VonageSmsApi.Read(Answer(200, $$"""{"message-count":"1","messages":[{"status":"{{status}}","error-text":"x"}]}""")).GetType().Name);

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, """{"messages":[]}""")]
    [InlineData(200, """{"messages":[{}]}""")]
    [InlineData(200, """{"messages":[{"status":"0"}]}""")]
    [InlineData(200, "<html>")]
    [InlineData(500, "")]
    public void An_unreadable_answer_of_the_SMS_API_is_unconfirmed(int status, string body) =>
        Assert.IsType<SendOutcome.Unconfirmed>(VonageSmsApi.Read(Answer(status, body)));

    [Theory]
    [InlineData("12", "AcmeInc", "Hi", "to")]
    [InlineData("+44770090012x", "AcmeInc", "Hi", "to")]
    [InlineData("+447700900123", "Acme Inc", "Hi", "from")]
    [InlineData("+447700900123", "AcmeIncorporated", "Hi", "from")]
    [InlineData("+447700900123", "AcmeInc", "", "text")]
    public void What_would_be_refused_anyway_names_its_field_without_a_call(string to, string from, string body, string field) =>
        Assert.Equal(field, Assert.Single(VonageTextRules.Problem(new OutgoingText("r", to, from, body, IsUnicode: false))!.Problems).Field);

    [Fact]
    public void A_reference_that_holds_the_number_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => VonageTextRules.Problem(Text with { ClientRef = "c-447700900123" }));

    private static VonageReply.Answer Answer(int status, string body, string type = "application/json") =>
        new((HttpStatusCode)status, type, Encoding.UTF8.GetBytes(body), RetryAfter: null, RequestId: null);
}
