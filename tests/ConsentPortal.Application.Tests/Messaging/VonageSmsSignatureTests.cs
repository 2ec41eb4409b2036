using System.Globalization;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageSmsSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 40, TimeSpan.Zero);

    public static TheoryData<string, SmsSignatureMethod, string> Signatures()
    {
        var data = new TheoryData<string, SmsSignatureMethod, string>();
        foreach (var vector in Vectors())
        {
            foreach (var signature in vector.Sig)
                data.Add(vector.Id, Enum.Parse<SmsSignatureMethod>(signature.Key, ignoreCase: true), signature.Value);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Every_vector_gives_its_signature(string id, SmsSignatureMethod method, string expected)
    {
        var vector = Vectors().Single(one => one.Id == id);

        Assert.Equal(expected, VonageSmsSignature.Compute(vector.Params, method, vector.Secret));
    }

    [Fact]
    public void Every_vector_gives_its_canonical_text()
    {
        foreach (var vector in Vectors())
            Assert.Equal(vector.Canonical, VonageSmsSignature.Canonical(vector.Params));
    }

    /// <summary>A widespread client joins and encodes differently; its own test vector contradicts the documented rule.</summary>
    [Fact]
    public void The_documented_rule_wins_over_the_vector_that_contradicts_it()
    {
        var parameters = new Dictionary<string, string> { ["api_key"] = "12345", ["timestamp"] = "10907902800" };

        var signature = VonageSmsSignature.Compute(parameters, SmsSignatureMethod.Md5Hash, "ABCDE");

        Assert.Equal("cef8064b08b4d1e571219bde9aa85421", signature);
        Assert.NotEqual("d7f81394898d98c876e782b3c98391b8", signature);
    }

    [Fact]
    public void Sorting_does_not_follow_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            var parameters = new Dictionary<string, string> { ["b"] = "1", ["a-z"] = "2", ["B"] = "3", ["aA"] = "4" };
            Assert.Equal("&B=3&a-z=2&aA=4&b=1", VonageSmsSignature.Canonical(parameters));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("query")]
    [InlineData("form")]
    [InlineData("json")]
    public void A_signed_receipt_is_valid_by_query_form_and_JSON(string way)
    {
        var vector = Vectors().Single(one => one.Id == "D");
        var parameters = new Dictionary<string, string>(vector.Params) { ["sig"] = vector.Sig["sha256"].ToUpperInvariant() };
        var encoded = string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var request = way switch
        {
            "query" => new VonageWebhookRequest($"?{encoded}", null, null, default),
            "form" => new VonageWebhookRequest(null, "application/x-www-form-urlencoded; charset=utf-8", null, Encoding.UTF8.GetBytes(encoded)),
            _ => new VonageWebhookRequest(null, "application/json", null, JsonSerializer.SerializeToUtf8Bytes(parameters)),
        };

        var verdict = Assert.IsType<SignatureVerdict.Valid>(VonageSmsSignature.Verify(request.Parameters()!, VonageSettings.Valid(), Now));

        Assert.Equal("ec11dd3e-1e7f-4db5-9467-82b02cd223b9", verdict.Token);
        Assert.False(verdict.IsLate);
    }

    [Fact]
    public void Text_with_ampersand_plus_euro_and_emoji_survives_a_form_and_verifies()
    {
        var vector = Vectors().Single(one => one.Id == "C");
        var parameters = new Dictionary<string, string>(vector.Params) { ["sig"] = vector.Sig["sha512"] };
        var encoded = string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value).Replace("%20", "+", StringComparison.Ordinal)}"));
        var request = new VonageWebhookRequest(null, "application/x-www-form-urlencoded", null, Encoding.UTF8.GetBytes(encoded));
        var options = VonageSettings.Valid();
        options.SmsSignatureMethod = SmsSignatureMethod.Sha512;

        Assert.IsType<SignatureVerdict.Valid>(VonageSmsSignature.Verify(request.Parameters()!, options, Now));
    }

    [Fact]
    public void A_changed_value_is_wrong_and_a_missing_signature_is_missing()
    {
        var vector = Vectors().Single(one => one.Id == "D");
        var changed = new Dictionary<string, string>(vector.Params) { ["sig"] = vector.Sig["sha256"], ["status"] = "delivered" };

        Assert.IsType<SignatureVerdict.Wrong>(VonageSmsSignature.Verify(changed, VonageSettings.Valid(), Now));
        Assert.IsType<SignatureVerdict.Missing>(VonageSmsSignature.Verify(vector.Params, VonageSettings.Valid(), Now));
    }

    [Fact]
    public void A_signature_of_another_algorithm_than_the_account_s_is_wrong()
    {
        var vector = Vectors().Single(one => one.Id == "D");
        var parameters = new Dictionary<string, string>(vector.Params) { ["sig"] = vector.Sig["md5hash"] };

        Assert.IsType<SignatureVerdict.Wrong>(VonageSmsSignature.Verify(parameters, VonageSettings.Valid(), Now));
    }

    [Fact]
    public void A_day_old_signature_is_valid_but_late()
    {
        var vector = Vectors().Single(one => one.Id == "D");
        var parameters = new Dictionary<string, string>(vector.Params) { ["sig"] = vector.Sig["sha256"] };

        var verdict = VonageSmsSignature.Verify(parameters, VonageSettings.Valid(), Now.AddHours(20));

        Assert.True(Assert.IsType<SignatureVerdict.Valid>(verdict).IsLate);
    }

    [Fact]
    public void A_parameter_that_comes_twice_cannot_be_read() =>
        Assert.Null(new VonageWebhookRequest("?status=failed&status=delivered", null, null, default).Parameters());

    private static List<Vector> Vectors() =>
        JsonSerializer.Deserialize<List<Vector>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Messaging", "Data", "vonage-sms-sig-vectors.json")), JsonSerializerOptions.Web)!;

    private sealed record Vector(string Id, string Secret, Dictionary<string, string> Params, string Canonical, Dictionary<string, string> Sig);
}
