using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Answers to questions, which may be asked again at will, unlike texts.</summary>
internal static class VonageAnswers
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <summary>The body of a good answer, or null with the failure.</summary>
    public static JsonDocument? Json(VonageReply reply, out ProviderDidNotAnswer? failure)
    {
        if (reply is VonageReply.Answer { Number: 200 } answer && VonageJson.TryParse(answer.Body) is { } document)
        {
            failure = null;
            return document;
        }

        failure = Failure(reply);
        return null;
    }

    public static ProviderDidNotAnswer Failure(VonageReply reply)
    {
        if (reply is not VonageReply.Answer answer)
            return new("no-answer", "Vonage did not answer. Nothing was changed; the portal asks again later.", Later);
        var code = VonageProblem.Read(answer).Code;
        return answer.Number switch
        {
            401 or 403 => new(code, "Vonage refused the portal's credentials for this question. Nothing was changed; check Vonage:ApiKey and Vonage:ApiSecret, and that the product is enabled for the account.", RetryAfter: null),
            402 => new(code, "The Vonage account has no credit left for this question. Nothing was changed; top it up and ask again.", RetryAfter: null),
            429 => new(code, "Vonage is being asked too often. Nothing was changed; the portal asks again later.", VonageOutcomes.Pause(answer.RetryAfter)),
            >= 400 and < 500 => new(code, "Vonage did not accept this question. Nothing was changed; see the code in the log.", RetryAfter: null),
            _ => new(code, "Vonage answered with an error. Nothing was changed; the portal asks again later.", Later),
        };
    }
}
