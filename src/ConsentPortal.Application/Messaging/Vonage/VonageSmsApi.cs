using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The SMS API, for accounts that are on it: what is written, and what each answer means.</summary>
internal static class VonageSmsApi
{
    public const string Path = "/sms/json";

    public static VonageBody Write(OutgoingText text)
    {
        var form = new StringBuilder(256);
        Add(form, "from", VonageNumber.Digits(text.From));
        Add(form, "to", VonageNumber.Digits(text.To));
        Add(form, "text", text.Body);
        Add(form, "type", text.IsUnicode ? "unicode" : "text");
        Add(form, "client-ref", text.ClientRef);
        // Milliseconds here, seconds in the Messages API.
        if (text.TimeToLive is { } life)
            Add(form, "ttl", ((long)life.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        return new VonageBody(Encoding.ASCII.GetBytes(form.ToString()), "application/x-www-form-urlencoded");
    }

    /// <summary>This API answers 200 to everything that it understood, wrong credentials included.</summary>
    public static SendOutcome Read(VonageReply.Answer answer)
    {
        if (answer.Number is >= 300 and < 400)
            return VonageOutcomes.WrongAddress(answer.Number);
        if (answer.Number == 429)
            return VonageOutcomes.Throttled(answer.RetryAfter);
        if (answer.Number is 401 or 402 or 403)
            return VonageOutcomes.Stopped(answer.Number == 402 ? StopCause.Balance : StopCause.Credentials, $"http-{answer.Number}", $"it answered HTTP {answer.Number}");
        if (answer.Number is not (200 or 202))
            return VonageOutcomes.Unconfirmed(answer.IsWebPage ? UnconfirmedCause.UnreadableAnswer : UnconfirmedCause.ServerError);
        using var document = VonageJson.TryParse(answer.Body);
        var parts = document?.RootElement.Items("messages").Select(Part.Read).ToList();
        return parts is { Count: > 0 } && parts.TrueForAll(part => part.Status is not null)
            ? Judge(parts)
            : VonageOutcomes.Unconfirmed(UnconfirmedCause.UnreadableAnswer);
    }

    private static SendOutcome Judge(List<Part> parts)
    {
        var taken = parts.Where(part => part.Status == "0").ToList();
        if (taken.Count == 0)
            return Refused(parts[0].Status!);
        var ids = taken.Where(part => part.Id is not null).Select(part => part.Id!).ToList();
        return ids.Count == 0
            ? VonageOutcomes.Unconfirmed(UnconfirmedCause.UnreadableAnswer)
            : new SendOutcome.Accepted(ids, parts.Count, taken.Sum(part => part.Price), parts.Find(part => part.Status != "0")?.Status);
    }

    private static SendOutcome Refused(string status)
    {
        var error = VonageErrors.SmsAnswer.GetValueOrDefault(status);
        var meaning = error?.Meaning ?? $"it gave the unknown status {VonageProblem.Mask(status)}";
        return status switch
        {
            "1" or "10" => VonageOutcomes.Throttled(null),
            "5" => VonageOutcomes.Unconfirmed(UnconfirmedCause.ServerError),
            "4" or "14" or "32" => VonageOutcomes.Stopped(StopCause.Credentials, status, meaning),
            "8" => VonageOutcomes.Stopped(StopCause.Suspended, status, meaning),
            "9" => VonageOutcomes.Stopped(StopCause.Balance, status, meaning),
            "11" => VonageOutcomes.Stopped(StopCause.Configuration, status, meaning),
            _ => VonageOutcomes.Rejected(status, error?.Class, meaning, FieldOf(status)),
        };
    }

    private static List<FieldProblem> FieldOf(string status) => status switch
    {
        "6" or "7" or "29" or "33" => [new("to", VonageErrors.SmsAnswer[status].Meaning)],
        "12" or "17" => [new("text", VonageErrors.SmsAnswer[status].Meaning)],
        "15" => [new("from", VonageErrors.SmsAnswer[status].Meaning)],
        "23" => [new("callback", VonageErrors.SmsAnswer[status].Meaning)],
        _ => [],
    };

    private static void Add(StringBuilder form, string name, string value) =>
        form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal));

    private sealed record Part(string? Status, string? Id, decimal? Price)
    {
        public static Part Read(JsonElement element) => new(element.Text("status"), element.Text("message-id"), element.Amount("message-price"));
    }
}
