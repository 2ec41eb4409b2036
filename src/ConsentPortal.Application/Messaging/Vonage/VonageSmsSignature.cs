using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// The signature of the SMS API over its flat parameters: sorted by key in byte order, <c>&amp;</c> and <c>=</c> replaced by an
/// underscore, joined as <c>&amp;key=value</c> with a leading ampersand.
/// </summary>
public static class VonageSmsSignature
{
    private const string SignatureKey = "sig";
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    public static SignatureVerdict Verify(IReadOnlyDictionary<string, string> parameters, VonageOptions options, DateTimeOffset now)
    {
        if (!parameters.TryGetValue(SignatureKey, out var claimed) || claimed.Length == 0)
            return new SignatureVerdict.Missing();
        if (options.SignatureSecret.Length == 0)
            return new SignatureVerdict.Wrong("the portal has no signature secret");
        var expected = Compute(parameters, options.SmsSignatureMethod, options.SignatureSecret);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claimed.ToLowerInvariant()), Encoding.ASCII.GetBytes(expected)))
            return new SignatureVerdict.Wrong("the signature does not fit");
        if (parameters.TryGetValue("api-key", out var apiKey) && apiKey != options.ApiKey)
            return new SignatureVerdict.Wrong("the webhook is for another account");
        var issuedAt = IssuedAt(parameters);
        // Whether a repeated delivery is signed anew is not documented, so an old one is worth a look but not refused.
        return new SignatureVerdict.Valid(parameters.GetValueOrDefault("nonce"), issuedAt, issuedAt is null || (now - issuedAt.Value).Duration() > LateAfter);
    }

    /// <summary>Lower-case hexadecimal; Vonage writes HMACs in upper case, so compare without regard to case.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The account's setting decides; SHA-1 is one of Vonage's five.")]
    [SuppressMessage("Security", "CA5351", Justification = "The account's setting decides; MD5 is Vonage's default.")]
    public static string Compute(IReadOnlyDictionary<string, string> parameters, SmsSignatureMethod method, string secret)
    {
        var text = Encoding.UTF8.GetBytes(Canonical(parameters));
        var key = Encoding.UTF8.GetBytes(secret);
        var hash = method switch
        {
            SmsSignatureMethod.Md5Hash => MD5.HashData([.. text, .. key]),
            SmsSignatureMethod.Md5 => HMACMD5.HashData(key, text),
            SmsSignatureMethod.Sha1 => HMACSHA1.HashData(key, text),
            SmsSignatureMethod.Sha256 => HMACSHA256.HashData(key, text),
            SmsSignatureMethod.Sha512 => HMACSHA512.HashData(key, text),
        };
        return Convert.ToHexStringLower(hash);
    }

    internal static string Canonical(IReadOnlyDictionary<string, string> parameters)
    {
        var text = new StringBuilder();
        // A culture's order would ignore the hyphen and put messageId before message-timestamp.
        foreach (var (key, value) in parameters.Where(pair => pair.Key != SignatureKey).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append('&').Append(Escape(key)).Append('=').Append(Escape(value));
        return text.ToString();
    }

    private static string Escape(string text) => text.Replace('&', '_').Replace('=', '_');

    private static DateTimeOffset? IssuedAt(IReadOnlyDictionary<string, string> parameters) =>
        long.TryParse(parameters.GetValueOrDefault("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
