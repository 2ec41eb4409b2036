using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The Messages API v1, channel SMS: what is written, and what each answer means.</summary>
internal static class VonageMessagesApi
{
    public const string Path = "/v1/messages";

    public static VonageBody Write(OutgoingText text)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("message_type", "text");
            json.WriteString("channel", "sms");
            json.WriteString("to", VonageNumber.Digits(text.To));
            json.WriteString("from", VonageNumber.Digits(text.From));
            json.WriteString("text", text.Body);
            json.WriteString("client_ref", text.ClientRef);
            json.WriteString("webhook_version", "v1");
            if (text.TimeToLive is { } life)
                json.WriteNumber("ttl", (long)life.TotalSeconds);
            json.WriteStartObject("sms");
            json.WriteString("encoding_type", text.IsUnicode ? "unicode" : "text");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new VonageBody(buffer.WrittenSpan.ToArray(), "application/json");
    }

    public static SendOutcome Read(VonageReply.Answer answer) => answer.Number switch
    {
        202 or 200 => ReadAccepted(answer),
        >= 300 and < 400 => VonageOutcomes.WrongAddress(answer.Number),
        401 or 402 or 403 => ReadStopped(answer),
        408 => VonageOutcomes.Unconfirmed(UnconfirmedCause.Timeout),
        429 => VonageOutcomes.Throttled(answer.RetryAfter),
        >= 400 and < 500 => ReadRejected(answer),
        _ => VonageOutcomes.Unconfirmed(answer.IsWebPage ? UnconfirmedCause.UnreadableAnswer : UnconfirmedCause.ServerError),
    };

    private static SendOutcome ReadAccepted(VonageReply.Answer answer)
    {
        using var document = VonageJson.TryParse(answer.Body);
        return document?.RootElement.Text("message_uuid") is { } id
            ? new SendOutcome.Accepted([id], Parts: null)
            : VonageOutcomes.Unconfirmed(UnconfirmedCause.UnreadableAnswer);
    }

    private static SendOutcome.Stopped ReadStopped(VonageReply.Answer answer)
    {
        var problem = VonageProblem.Read(answer);
        var cause = (answer.Number, problem.Code) switch
        {
            (402, _) => StopCause.Balance,
            (_, "account-suspended") => StopCause.Suspended,
            (_, "unprovisioned") or (403, _) => StopCause.Configuration,
            _ => StopCause.Credentials,
        };
        return VonageOutcomes.Stopped(cause, problem.Code, Meaning(problem.Code, answer.Number));
    }

    private static SendOutcome ReadRejected(VonageReply.Answer answer)
    {
        if (answer.IsWebPage)
            return VonageOutcomes.Unconfirmed(UnconfirmedCause.UnreadableAnswer);
        var problem = VonageProblem.Read(answer);
        var error = VonageErrors.HttpAnswer.GetValueOrDefault(problem.Code);
        return VonageOutcomes.Rejected(problem.Code, error?.Class, Meaning(problem.Code, answer.Number), problem.Fields);
    }

    private static string Meaning(string code, int status) =>
        VonageErrors.HttpAnswer.GetValueOrDefault(code)?.Meaning ?? string.Create(CultureInfo.InvariantCulture, $"it answered HTTP {status}");
}
