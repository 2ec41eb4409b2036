using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The Redact API: erasure of one message in Vonage's own records.</summary>
internal sealed class VonageRedaction(VonageHttp http)
{
    /// <summary>Vonage refuses to redact data younger than this.</summary>
    private static readonly TimeSpan YoungestAge = TimeSpan.FromMinutes(60);

    /// <summary>
    /// An id does not say through which API its text went, and an account can have changed its API since; so an id unknown
    /// to one product is tried in the other.
    /// </summary>
    public async Task<RedactionOutcome> RedactAsync(VonageOptions options, string id, MessageDirection direction, CancellationToken cancellationToken)
    {
        string[] products = options.Api == VonageApi.Sms ? ["sms", "messages"] : ["messages", "sms"];
        RedactionOutcome outcome = new RedactionOutcome.NotHeld();
        foreach (var product in products)
        {
            outcome = Read(await CallAsync(options, id, product, direction, cancellationToken));
            if (outcome is not RedactionOutcome.NotHeld)
                return outcome;
        }

        return outcome;
    }

    private Task<VonageReply> CallAsync(VonageOptions options, string id, string product, MessageDirection direction, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["product"] = product,
            ["type"] = direction == MessageDirection.Inbound ? "inbound" : "outbound",
        });
        return http.CallAsync(
            HttpMethod.Post, $"{options.BaseUrl.TrimEnd('/')}/v1/redact/transaction", VonageAuth.Account, new VonageBody(body, "application/json"), cancellationToken);
    }

    private static RedactionOutcome Read(VonageReply reply)
    {
        if (reply is not VonageReply.Answer answer)
            return new RedactionOutcome.Postponed(TimeSpan.FromMinutes(1), "Vonage did not answer. Asking again does no harm; the portal does so later.");
        if (answer.Number is 204 or 200)
            return new RedactionOutcome.Redacted();
        var code = VonageProblem.Read(answer).Code;
        return (answer.Number, code) switch
        {
            (404, _) when !answer.IsWebPage => new RedactionOutcome.NotHeld(),
            (403, "premature-redaction") => new RedactionOutcome.TooEarly(YoungestAge),
            (401 or 403, _) => new RedactionOutcome.Refused(code, "Vonage does not let this account redact. Nothing was erased there; ask Vonage to enable the Redact product, then try again."),
            (>= 400 and < 500 and not 429, _) => new RedactionOutcome.Refused(code, "Vonage did not accept the request to redact. Nothing was erased there; see the code in the log."),
            _ => new RedactionOutcome.Postponed(VonageOutcomes.Pause(answer.RetryAfter ?? TimeSpan.FromMinutes(1)), "Vonage could not redact just now. The portal asks again later."),
        };
    }
}
