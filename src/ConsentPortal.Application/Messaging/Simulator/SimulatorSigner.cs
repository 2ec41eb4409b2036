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

    /// <summary>Rightly, for another body.</summary>
    WrongHash = 4,

    /// <summary>Rightly, long ago.</summary>
    Stale = 5,
}

/// <param name="Age">Of a stale one.</param>
internal readonly record struct Signature(Signing How, TimeSpan Age = default);

/// <summary>Turns a webhook into a signed request; each attempt is signed anew.</summary>
internal sealed class SimulatorSigner(SimulatorAccount account, TimeProvider clock)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public HttpRequestMessage Request(SimulatorWebhook webhook, Uri target, Signature signature, SmsForwarding forwarding)
    {
        if (webhook is SimulatorWebhook.Messages messages)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = Content(messages.Body, "application/json") };
            if (signature.How != Signing.Missing)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(messages.Body, signature));
            return request;
        }

        var parameters = Signed(((SimulatorWebhook.Sms)webhook).Parameters, signature);
        return forwarding switch
        {
            SmsForwarding.Query => new HttpRequestMessage(HttpMethod.Get, QueryHelpers.AddQueryString(target.AbsoluteUri, parameters!)),
            SmsForwarding.Form => new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(parameters) },
            SmsForwarding.Json => new HttpRequestMessage(HttpMethod.Post, target) { Content = Content(JsonSerializer.SerializeToUtf8Bytes(parameters), "application/json") },
        };
    }

    private string Token(byte[] body, Signature signature)
    {
        var now = clock.GetUtcNow() - signature.Age;
        var hashed = signature.How == Signing.WrongHash ? [.. body, (byte)' '] : body;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iat"] = now.ToUnixTimeSeconds(), ["jti"] = Guid.CreateVersion7(now).ToString(), ["iss"] = "Vonage",
            ["payload_hash"] = Convert.ToHexStringLower(SHA256.HashData(hashed)), ["api_key"] = account.ApiKey,
        };
        if (account.ApplicationId is { } application)
            claims["application_id"] = application;
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret(signature)), Encoding.ASCII.GetBytes(signed)))}";
    }

    private Dictionary<string, string> Signed(IReadOnlyDictionary<string, string> parameters, Signature signature)
    {
        var signed = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        if (signature.How == Signing.Missing)
            return signed;
        var now = clock.GetUtcNow() - signature.Age;
        signed["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        signed["nonce"] = Guid.CreateVersion7(now).ToString();
        signed["sig"] = VonageSmsSignature.Compute(signed, account.SmsSignatureMethod, Secret(signature)).ToUpperInvariant();
        return signed;
    }

    private string Secret(Signature signature) => signature.How == Signing.Wrong ? account.SignatureSecret + "?" : account.SignatureSecret;

    private static ByteArrayContent Content(byte[] body, string mediaType) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
