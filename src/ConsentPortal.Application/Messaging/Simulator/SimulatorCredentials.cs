using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Messaging.Simulator;

internal enum CredentialVerdict
{
    Good = 1,
    Wrong = 2,

    /// <summary>A token of ours whose time is over: the caller may sign a new one.</summary>
    Expired = 3,
}

/// <summary>Checks what a caller presents: key and secret (Basic), or a token of the application (RS256, checked with its public key).</summary>
internal sealed class SimulatorCredentials : IDisposable
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly SimulatorAccount _account;
    private readonly TimeProvider _clock;
    private readonly byte[] _basic;
    private readonly RSA? _key;
    private readonly Lock _gate = new();

    /// <exception cref="ArgumentException">The account's public key is not a PEM key.</exception>
    public SimulatorCredentials(SimulatorAccount account, TimeProvider clock)
    {
        (_account, _clock) = (account, clock);
        _basic = Encoding.UTF8.GetBytes($"{account.ApiKey}:{account.ApiSecret}");
        if (account.ApplicationPublicKey is not { } pem)
            return;
        _key = RSA.Create();
        _key.ImportFromPem(pem);
    }

    public CredentialVerdict Check(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) == true)
            return IsAccount(authorization[6..].Trim()) ? CredentialVerdict.Good : CredentialVerdict.Wrong;
        return authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true && _key is not null
            ? CheckToken(authorization[7..].Trim(), _key)
            : CredentialVerdict.Wrong;
    }

    public bool IsAccount(string? apiKey, string? apiSecret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{apiKey}:{apiSecret}"), _basic);

    public void Dispose() => _key?.Dispose();

    private bool IsAccount(string encoded)
    {
        var given = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), _basic);
    }

    private CredentialVerdict CheckToken(string token, RSA key)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature)
            return CredentialVerdict.Wrong;
        using var headerJson = VonageJson.TryParse(header);
        using var claims = VonageJson.TryParse(payload);
        if (headerJson?.RootElement.Text("alg") != "RS256" || claims is null || !IsSigned($"{parts[0]}.{parts[1]}", signature, key))
            return CredentialVerdict.Wrong;
        var root = claims.RootElement;
        if (root.Text("application_id") is not { } application || !application.Equals(_account.ApplicationId, StringComparison.OrdinalIgnoreCase))
            return CredentialVerdict.Wrong;
        return root.Text("jti") is not null && Seconds(root.Text("iat")) is { } issuedAt
            ? CheckTimes(issuedAt, Seconds(root.Text("exp")) ?? issuedAt + DefaultLife)
            : CredentialVerdict.Wrong;
    }

    private CredentialVerdict CheckTimes(DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        var now = _clock.GetUtcNow();
        if (issuedAt > now + ClockSkew || expiresAt - issuedAt > LongestLife)
            return CredentialVerdict.Wrong;
        return expiresAt < now ? CredentialVerdict.Expired : CredentialVerdict.Good;
    }

    private bool IsSigned(string signed, byte[] signature, RSA key)
    {
        // One key object may not be used by two threads at once.
        lock (_gate)
            return key.VerifyData(Encoding.ASCII.GetBytes(signed), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static DateTimeOffset? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static byte[]? Decode(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
