using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageOptionsTests
{
    [Fact]
    public void A_complete_account_is_valid_with_and_without_an_application()
    {
        var withoutApplication = VonageSettings.Valid();
        withoutApplication.ApplicationId = null;
        withoutApplication.PrivateKey = null;

        Assert.Empty(Problems(VonageSettings.Valid()));
        Assert.Empty(Problems(withoutApplication));
    }

    [Fact]
    public void Each_message_names_the_key_to_set()
    {
        Names("Vonage:ApiKey", options => options.ApiKey = "");
        Names("Vonage:ApiSecret", options => options.ApiSecret = " ");
        Names("Vonage:SignatureSecret", options => options.SignatureSecret = "abc");
        Names("Vonage:BaseUrl", options => options.BaseUrl = "api.nexmo.com");
        Names("Vonage:SmsBaseUrl", options => options.SmsBaseUrl = "http://rest.nexmo.com");
        Names("Vonage:PrivateKeyPath", options => options.PrivateKey = null);
        Names("Vonage:ApplicationId", options => options.ApplicationId = null);
        Names("Vonage:PrivateKey", options => options.PrivateKey = "-----BEGIN NONSENSE-----");
        Names("Vonage:PrivateKeyPath", options => (options.PrivateKey, options.PrivateKeyPath) = (null, "/nowhere/private.key"));
        Names("Vonage:RequestsPerSecond", options => options.RequestsPerSecond = -1);
        Names("Vonage:RequestTimeout", options => options.RequestTimeout = TimeSpan.Zero);
        Names("Vonage:Api", options => options.Api = 0);
        Names("Vonage:SmsSignatureMethod", options => options.SmsSignatureMethod = 0);
    }

    [Fact]
    public void A_public_key_in_place_of_the_private_one_is_found_at_start()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var options = VonageSettings.Valid();
        options.PrivateKey = key.ExportSubjectPublicKeyInfoPem();

        Assert.Contains("not an RSA private key", Assert.Single(Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulator_on_this_machine_may_use_http()
    {
        var options = VonageSettings.Valid();
        options.BaseUrl = options.SmsBaseUrl = options.InsightsBaseUrl = "http://127.0.0.1:5080";

        Assert.Empty(Problems(options));
    }

    [Fact]
    public void No_message_repeats_a_secret()
    {
        var options = VonageSettings.Valid();
        options.ApiKey = "";
        options.PrivateKey = "secret-looking-text";

        Assert.DoesNotContain(Problems(options), problem => problem.Contains("secret-looking-text", StringComparison.Ordinal) || problem.Contains(options.ApiSecret, StringComparison.Ordinal));
    }

    private static void Names(string key, Action<VonageOptions> bend)
    {
        var options = VonageSettings.Valid();
        bend(options);
        Assert.Contains(Problems(options), problem => problem.StartsWith(key, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Problems(VonageOptions options) => new VonageOptionsValidator().Validate(null, options).Failures ?? [];
}
