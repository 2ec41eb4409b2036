using System.Globalization;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>The provider's side of the SMS API: it answers 200 to everything that it understood, and says "no" in the body.</summary>
internal sealed class SimulatorSmsApi(SimulatorAccount account, SimulatorCredentials credentials, SimulatorCarrier carrier, Func<SimulatorOptions> options)
{
    private const string TooFast = "1";
    private const string Missing = "2";
    private const string Invalid = "3";
    private const string BadCredentials = "4";
    private const string InternalError = "5";
    private const string BadPrefix = "6";
    private const string Barred = "8";
    private const string NoCredit = "9";
    private const string BadSignature = "14";
    private const string SignatureAndSecret = "32";

    public async Task SendAsync(HttpContext context)
    {
        var body = await SimulatorProblem.ReadAsync(context);
        var request = new VonageWebhookRequest(context.Request.QueryString.Value, context.Request.ContentType, null, body);
        if (request.Parameters() is not { } fields)
            await RefuseAsync(context, Invalid);
        else if ((Stranger(context, fields) ?? Problem(fields) ?? (carrier.IsTooFast() ? TooFast : SimulatedFate.SmsRefusal(fields["to"]) ?? Refusal(carrier.Refusal(fields["to"])))) is { } status)
            await RefuseAsync(context, status);
        else
            await TakeAsync(context, fields);
    }

    private Task TakeAsync(HttpContext context, IReadOnlyDictionary<string, string> fields)
    {
        var text = carrier.Take(new OfferedText(fields["to"], fields["from"], fields["text"], fields.GetValueOrDefault("client-ref"), IsSmsApi: true));
        return carrier.AnswerAsync(context, text, () => AnswerAsync(context, text));
    }

    private Task AnswerAsync(HttpContext context, SimulatedText text)
    {
        var settings = options();
        var parts = text.Ids.Select((id, index) => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["to"] = text.To, ["message-id"] = id, ["status"] = "0", ["remaining-balance"] = SimulatorWebhook.Money(settings.Balance - settings.PricePerPart * (index + 1)),
            ["message-price"] = SimulatorWebhook.Money(settings.PricePerPart), ["network"] = "99901", ["client-ref"] = text.ClientRef ?? "",
        });
        List<Dictionary<string, string>> answer = [.. parts];
        if (text.RefusedPart is { } refused)
            answer.Insert(refused - 1, Refused(TooFast));
        return AnswerAsync(context, answer);
    }

    private static Task RefuseAsync(HttpContext context, string status) => AnswerAsync(context, [Refused(status)]);

    private static Dictionary<string, string> Refused(string status) =>
        new(StringComparer.Ordinal) { ["status"] = status, ["error-text"] = VonageErrors.SmsAnswer[status].Meaning };

    private static Task AnswerAsync(HttpContext context, List<Dictionary<string, string>> parts) =>
        SimulatorProblem.JsonAsync(context, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["message-count"] = parts.Count.ToString(CultureInfo.InvariantCulture), ["messages"] = parts,
        });

    /// <summary>Key and secret in the header or in the body, or the key with a signature.</summary>
    private string? Stranger(HttpContext context, IReadOnlyDictionary<string, string> fields)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (fields.TryGetValue("sig", out var signature))
        {
            if (header.Length > 0 || fields.ContainsKey("api_secret"))
                return SignatureAndSecret;
            var expected = VonageSmsSignature.Compute(fields, account.SmsSignatureMethod, account.SignatureSecret);
            return fields.GetValueOrDefault("api_key") == account.ApiKey && signature.Equals(expected, StringComparison.OrdinalIgnoreCase) ? null : BadSignature;
        }

        var isKnown = header.Length > 0
            ? header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && credentials.Check(header) == CredentialVerdict.Good
            : credentials.IsAccount(fields.GetValueOrDefault("api_key"), fields.GetValueOrDefault("api_secret"));
        return isKnown ? null : BadCredentials;
    }

    private static string? Problem(IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.ContainsKey("to") || !fields.ContainsKey("from") || !fields.ContainsKey("text"))
            return Missing;
        if (!VonageNumber.IsFull(fields["to"]) || fields["text"].Length is 0 or > VonageTextRules.LongestBody)
            return Invalid;
        return null;
    }

    private static string? Refusal(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => BadCredentials,
        StatusCodes.Status402PaymentRequired => NoCredit,
        StatusCodes.Status403Forbidden => Barred,
        StatusCodes.Status422UnprocessableEntity => BadPrefix,
        StatusCodes.Status429TooManyRequests => TooFast,
        StatusCodes.Status500InternalServerError => InternalError,
        _ => null,
    };
}
