using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// Verifies webhooks of the Messages API: a token (HS256) keyed with the account's signature secret, which also carries the
/// SHA-256 of the body. Written by hand because the usual token libraries refuse secrets as short as Vonage allows.
/// </summary>
public static class VonageWebhookSignature
{
    /// <summary>Deliveries are repeated for up to 24 hours, perhaps with the first signature.</summary>
    private static readonly TimeSpan OldestRepeat = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    /// <param name="authorization">The Authorization header, null when there was none.</param>
    /// <param name="body">The raw bytes as received.</param>
    public static SignatureVerdict Verify(string? authorization, ReadOnlySpan<byte> body, VonageOptions options, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(authorization))
            return new SignatureVerdict.Missing();
        const string scheme = "Bearer ";
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return Wrong("the scheme is not Bearer");
        var parts = authorization[scheme.Length..].Trim().Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature)
            return Wrong("the token is not three base64url parts");
        using var headerJson = VonageJson.TryParse(header);
        // The algorithm is ours to choose, not the sender's: "none" and RS256 would let anybody sign.
        if (headerJson?.RootElement.Text("alg") != "HS256")
            return Wrong("the algorithm is not HS256");
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.SignatureSecret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        if (!CryptographicOperations.FixedTimeEquals(expected, signature))
            return Wrong("the signature does not fit");
        using var claims = VonageJson.TryParse(payload);
        return claims is null ? Wrong("the claims are not JSON") : CheckClaims(claims.RootElement, body, options, now);
    }

    private static SignatureVerdict CheckClaims(JsonElement claims, ReadOnlySpan<byte> body, VonageOptions options, DateTimeOffset now)
    {
        if (claims.Text("iss") != "Vonage")
            return Wrong("the issuer is not Vonage");
        if (claims.Text("api_key") != options.ApiKey)
            return Wrong("the token is for another account");
        if (claims.Text("application_id") is { } application && options.HasApplication && !application.Equals(options.ApplicationId, StringComparison.OrdinalIgnoreCase))
            return Wrong("the token is for another application");
        if (!HasHash(claims.Text("payload_hash"), body))
            return Wrong("the body is not the one that was signed");
        if (Seconds(claims, "iat") is not { } issuedAt)
            return Wrong("the token has no time");
        if (issuedAt > now + ClockSkew || issuedAt < now - OldestRepeat - ClockSkew || Seconds(claims, "exp") < now - ClockSkew)
            return new SignatureVerdict.FromAnotherTime(issuedAt, now);
        return new SignatureVerdict.Valid(claims.Text("jti"), issuedAt, IsLate: now - issuedAt > LateAfter);
    }

    private static bool HasHash(string? claimed, ReadOnlySpan<byte> body) =>
        claimed is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(claimed.ToLowerInvariant()), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))));

    private static DateTimeOffset? Seconds(JsonElement claims, string name) =>
        claims.Child(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static byte[]? Decode(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;

    private static SignatureVerdict.Wrong Wrong(string reason) => new(reason);
}
