using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// The application's own token (RS256). It lives 15 minutes and is used for 10, so that no call leaves with one about to expire.
/// </summary>
internal sealed class VonageToken(IOptionsMonitor<VonageOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Use = TimeSpan.FromMinutes(10);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    private readonly Lock _gate = new();
    private RSA? _key;
    private Minted? _current;

    /// <summary>The token in use; a new one every 10 minutes, or as soon as the configured application changes.</summary>
    public string Current()
    {
        var now = time.GetUtcNow();
        var application = options.CurrentValue.ApplicationId!;
        lock (_gate)
        {
            if (_current is { } current && current.Application == application && now >= current.IssuedAt && now - current.IssuedAt < Use)
                return current.Text;
            _current = Mint(application, now);
            return _current.Text;
        }
    }

    /// <summary>Forgets a token that the provider calls expired; one that has been replaced meanwhile stays.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            if (_current?.Text == token)
                _current = null;
        }
    }

    public void Dispose() => _key?.Dispose();

    /// <exception cref="ArgumentException">The text is not a PEM key.</exception>
    /// <exception cref="CryptographicException">The key is not an RSA private key.</exception>
    internal static RSA ReadKey(VonageOptions options)
    {
        var pem = string.IsNullOrWhiteSpace(options.PrivateKey) ? File.ReadAllText(options.PrivateKeyPath!) : options.PrivateKey;
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key imports as well, and would only fail at the first text.
            key.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private Minted Mint(string application, DateTimeOffset now)
    {
        if (_current?.Application != application)
        {
            _key?.Dispose();
            _key = null;
        }

        _key ??= ReadKey(options.CurrentValue);
        var claims = string.Create(CultureInfo.InvariantCulture,
            $$"""{"application_id":"{{application}}","iat":{{now.ToUnixTimeSeconds()}},"jti":"{{Guid.CreateVersion7(now)}}","exp":{{(now + Life).ToUnixTimeSeconds()}}}""");
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new Minted(application, now, $"{signed}.{Base64Url.EncodeToString(signature)}");
    }

    private sealed record Minted(string Application, DateTimeOffset IssuedAt, string Text);
}
