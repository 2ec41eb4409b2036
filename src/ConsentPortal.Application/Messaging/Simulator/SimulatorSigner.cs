using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Application.Messaging.Simulator;

internal enum Signing
{
    Right = 1,
    Missing = 2,
    Wrong = 3,
}

/// <summary>Turns a webhook into a signed request; each attempt is signed anew.</summary>
internal sealed class SimulatorSigner(SimulatorAccount account, TimeProvider clock)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public HttpRequestMessage Request(SimulatorWebhook webhook, Uri target, Signing signing, SmsForwarding forwarding)
    {
        if (webhook is SimulatorWebhook.Messages messages)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = Content(messages.Body, "application/json") };
            if (signing != Signing.Missing)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(messages.Body, signing));
            return request;
        }

        var parameters = Signed(((SimulatorWebhook.Sms)webhook).Parameters, signing);
        return forwarding switch
        {
            SmsForwarding.Query => new HttpRequestMessage(HttpMethod.Get, QueryHelpers.AddQueryString(target.AbsoluteUri, parameters!)),
            SmsForwarding.Form => new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(parameters) },
            SmsForwarding.Json => new HttpRequestMessage(HttpMethod.Post, target) { Content = Content(JsonSerializer.SerializeToUtf8Bytes(parameters), "application/json") },
        };
    }

    private string Token(byte[] body, Signing signing)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iat"] = now.ToUnixTimeSeconds(), ["jti"] = Guid.CreateVersion7(now).ToString(), ["iss"] = "Vonage",
            ["payload_hash"] = Convert.ToHexStringLower(SHA256.HashData(body)), ["api_key"] = account.ApiKey,
        };
        if (account.ApplicationId is { } application)
            claims["application_id"] = application;
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret(signing)), Encoding.ASCII.GetBytes(signed)))}";
    }

    private Dictionary<string, string> Signed(IReadOnlyDictionary<string, string> parameters, Signing signing)
    {
        var signed = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        if (signing == Signing.Missing)
            return signed;
        var now = clock.GetUtcNow();
        signed["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        signed["nonce"] = Guid.CreateVersion7(now).ToString();
        signed["sig"] = VonageSmsSignature.Compute(signed, account.SmsSignatureMethod, Secret(signing)).ToUpperInvariant();
        return signed;
    }

    private string Secret(Signing signing) => signing == Signing.Wrong ? account.SignatureSecret + "?" : account.SignatureSecret;

    private static ByteArrayContent Content(byte[] body, string mediaType) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
