using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Verifies first, reads second: nothing unsigned is ever interpreted.</summary>
public sealed class VonageWebhookReader(IOptionsMonitor<VonageOptions> options, TimeProvider time)
{
    /// <returns>The verdict and, only when it is <see cref="SignatureVerdict.Valid"/>, what the webhook says.</returns>
    public (SignatureVerdict Verdict, VonageEvent? Event) Read(VonageWebhookRequest request)
    {
        var now = time.GetUtcNow();
        var settings = options.CurrentValue;
        if (request.Authorization is not null)
        {
            var verdict = VonageWebhookSignature.Verify(request.Authorization, request.Body.Span, settings, now);
            return (verdict, verdict is SignatureVerdict.Valid ? Interpret(request, settings, now) : null);
        }

        if (request.Parameters() is not { } parameters)
            return (new SignatureVerdict.Missing(), null);
        var smsVerdict = VonageSmsSignature.Verify(parameters, settings, now);
        return (smsVerdict, smsVerdict is SignatureVerdict.Valid ? OfSms(parameters, settings, now) : null);
    }

    /// <summary>A token can also arrive with a webhook of the SMS API; then it covers that body.</summary>
    private static VonageEvent Interpret(VonageWebhookRequest request, VonageOptions settings, DateTimeOffset now) =>
        request.Parameters() is { } parameters && parameters.ContainsKey("messageId") && !parameters.ContainsKey("message_uuid") && !request.Body.IsEmpty
            ? OfSms(parameters, settings, now)
            : VonageWebhookParser.ParseMessages(request.Body, now);

    /// <summary>The SMS API sends a receipt for each part of what it took; of a text of the other API there is one, in whichever form it comes.</summary>
    private static VonageEvent OfSms(IReadOnlyDictionary<string, string> parameters, VonageOptions settings, DateTimeOffset now)
    {
        var happened = VonageWebhookParser.ParseSms(parameters, now);
        return happened is VonageEvent.Receipt receipt ? new VonageEvent.Receipt(receipt.Delivery with { IsOfPart = settings.Api == VonageApi.Sms }) : happened;
    }
}
