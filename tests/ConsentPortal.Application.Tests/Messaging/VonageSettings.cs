using System.Security.Cryptography;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>A valid account for tests; each call gives a fresh one to bend.</summary>
internal static class VonageSettings
{
    public const string Application = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

    public static readonly string PrivateKey = NewKey();

    public static VonageOptions Valid() => new()
    {
        ApiKey = "abcd1234",
        ApiSecret = "testsecret",
        ApplicationId = Application,
        PrivateKey = PrivateKey,
        SignatureSecret = "test-signature-secret-0123456789",
    };

    public static IOptionsMonitor<VonageOptions> Monitor(VonageOptions options) => new FixedOptions(options);

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private sealed class FixedOptions(VonageOptions options) : IOptionsMonitor<VonageOptions>
    {
        public VonageOptions CurrentValue => options;

        public VonageOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<VonageOptions, string?> listener) => null;
    }
}
