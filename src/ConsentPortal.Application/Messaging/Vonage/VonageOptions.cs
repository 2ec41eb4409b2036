namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The account at Vonage: configuration section <c>Vonage</c>. Secrets belong in the environment or user secrets.</summary>
public sealed class VonageOptions
{
    public const string Section = "Vonage";

    /// <summary>Messages, Reports, Redact and Verify; a regional host where the account has one.</summary>
    public string BaseUrl { get; set; } = "https://api.nexmo.com";

    /// <summary>The SMS API and the balance.</summary>
    public string SmsBaseUrl { get; set; } = "https://rest.nexmo.com";

    /// <summary>Identity Insights.</summary>
    public string InsightsBaseUrl { get; set; } = "https://api-eu.vonage.com";

    public string ApiKey { get; set; } = "";

    public string ApiSecret { get; set; } = "";

    /// <summary>With a private key: calls carry a token of this application. Without: key and secret (Basic).</summary>
    public string? ApplicationId { get; set; }

    /// <summary>A file with the application's private key in PEM (PKCS#8 or PKCS#1).</summary>
    public string? PrivateKeyPath { get; set; }

    /// <summary>The same key as text; wins over <see cref="PrivateKeyPath"/>.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>With which the account signs its webhooks.</summary>
    public string SignatureSecret { get; set; } = "";

    /// <summary>How webhooks of the SMS API are signed; the Messages API always uses HMAC-SHA-256 in a token.</summary>
    public SmsSignatureMethod SmsSignatureMethod { get; set; } = SmsSignatureMethod.Sha256;

    /// <summary>With which API texts are sent.</summary>
    public VonageApi Api { get; set; } = VonageApi.Messages;

    /// <summary>Requests a second that the account may make, evenly spaced; all processes on one database share them. 0 takes the brake off.</summary>
    public int RequestsPerSecond { get; set; } = 30;

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>For the whole call. A text whose call takes longer is unconfirmed.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    internal bool HasApplication => !string.IsNullOrWhiteSpace(ApplicationId);
}

public enum VonageApi
{
    Messages = 1,
    Sms = 2,
}

/// <summary>The account setting "signature method" of the SMS API.</summary>
public enum SmsSignatureMethod
{
    /// <summary>MD5 over the text followed by the secret; all others are HMACs with the secret as the key.</summary>
    Md5Hash = 1,
    Md5 = 2,
    Sha1 = 3,
    Sha256 = 4,
    Sha512 = 5,
}
