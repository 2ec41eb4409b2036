using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Each message names the key to set and says what it should hold.</summary>
internal sealed class VonageOptionsValidator : IValidateOptions<VonageOptions>
{
    /// <summary>What Vonage asks of a signature secret: at least 32 bits.</summary>
    private const int ShortestSignatureSecret = 4;

    public ValidateOptionsResult Validate(string? name, VonageOptions options)
    {
        var problems = new List<string>();
        CheckAddress(problems, nameof(options.BaseUrl), options.BaseUrl);
        CheckAddress(problems, nameof(options.SmsBaseUrl), options.SmsBaseUrl);
        CheckAddress(problems, nameof(options.InsightsBaseUrl), options.InsightsBaseUrl);
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            problems.Add("Vonage:ApiKey is missing. Set it to the API key on the account's dashboard.");
        if (string.IsNullOrWhiteSpace(options.ApiSecret))
            problems.Add("Vonage:ApiSecret is missing. Set it to the API secret on the account's dashboard.");
        if (Encoding.UTF8.GetByteCount(options.SignatureSecret) < ShortestSignatureSecret)
            problems.Add("Vonage:SignatureSecret is missing or shorter than 4 bytes. Set it to the signature secret in the account's API settings; webhooks cannot be trusted without it.");
        CheckApplication(problems, options);
        if (!Enum.IsDefined(options.Api))
            problems.Add("Vonage:Api must be Messages or Sms.");
        if (!Enum.IsDefined(options.SmsSignatureMethod))
            problems.Add("Vonage:SmsSignatureMethod must be Md5Hash, Md5, Sha1, Sha256 or Sha512.");
        if (options.RequestsPerSecond is < 0 or > 10_000)
            problems.Add("Vonage:RequestsPerSecond must be between 0 (no limit) and 10000.");
        CheckTime(problems, nameof(options.ConnectTimeout), options.ConnectTimeout);
        CheckTime(problems, nameof(options.RequestTimeout), options.RequestTimeout);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckAddress(List<string> problems, string key, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            problems.Add($"Vonage:{key} must be an absolute address such as https://api.nexmo.com.");
        else if (uri.Scheme == "http" && !uri.IsLoopback)
            problems.Add($"Vonage:{key} must use https: texts and credentials would travel unprotected.");
    }

    private static void CheckApplication(List<string> problems, VonageOptions options)
    {
        var hasKey = !string.IsNullOrWhiteSpace(options.PrivateKey) || !string.IsNullOrWhiteSpace(options.PrivateKeyPath);
        if (options.HasApplication && !hasKey)
            problems.Add("Vonage:PrivateKeyPath is missing. Set it to the file with the private key of Vonage:ApplicationId, or remove Vonage:ApplicationId to send with key and secret.");
        if (!options.HasApplication && hasKey)
            problems.Add("Vonage:ApplicationId is missing. Set it to the application that Vonage:PrivateKeyPath belongs to.");
        if (!hasKey)
            return;
        try
        {
            using var key = VonageToken.ReadKey(options);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add("Vonage:PrivateKeyPath names a file that cannot be read. Check the path and its permissions.");
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            problems.Add("Vonage:PrivateKey (or the file of Vonage:PrivateKeyPath) is not an RSA private key in PEM. Use the file that Vonage gave when the application was created.");
        }
    }

    private static void CheckTime(List<string> problems, string key, TimeSpan time)
    {
        if (time <= TimeSpan.Zero || time > TimeSpan.FromMinutes(5))
            problems.Add($"Vonage:{key} must be between 1 millisecond and 5 minutes, written as hh:mm:ss.");
    }
}
