using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageWebhookSignatureTests
{
    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1795430130);

    [Fact]
    public void The_vector_is_valid()
    {
        var verdict = Assert.IsType<SignatureVerdict.Valid>(Verify($"Bearer {Vector.Token}", Vector.Body, SignedAt.AddSeconds(2)));

        Assert.Equal("c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5", verdict.Token);
        Assert.Equal(SignedAt, verdict.IssuedAt);
        Assert.False(verdict.IsLate);
    }

    [Fact]
    public void The_vector_s_hash_is_the_hash_of_its_body() =>
        Assert.Equal(Vector.PayloadHash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Vector.Body))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void No_header_is_missing_not_wrong(string? header) =>
        Assert.IsType<SignatureVerdict.Missing>(Verify(header, Vector.Body, SignedAt));

    [Theory]
    [InlineData("Basic YWJjZDEyMzQ6dGVzdHNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer a.b")]
    [InlineData("Bearer a.b.c.d")]
    [InlineData("Bearer !!.!!.!!")]
    [InlineData("Bearer e30.e30.")]
    public void A_header_of_another_kind_is_wrong(string header) =>
        Assert.IsType<SignatureVerdict.Wrong>(Verify(header, Vector.Body, SignedAt));

    [Fact]
    public void One_changed_byte_of_the_body_is_wrong() =>
        Assert.IsType<SignatureVerdict.Wrong>(Verify($"Bearer {Vector.Token}", Vector.Body.Replace("delivered", "Delivered", StringComparison.Ordinal), SignedAt));

    [Fact]
    public void Another_secret_is_wrong()
    {
        var options = VonageSettings.Valid();
        options.SignatureSecret = "another-signature-secret-0123456";

        Assert.IsType<SignatureVerdict.Wrong>(
            VonageWebhookSignature.Verify($"Bearer {Vector.Token}", Encoding.UTF8.GetBytes(Vector.Body), options, SignedAt));
    }

    [Fact]
    public void The_algorithm_none_is_wrong_even_with_a_fitting_signature()
    {
        foreach (var algorithm in new[] { "none", "RS256", "HS512", "hs256" })
            Assert.IsType<SignatureVerdict.Wrong>(Verify(Sign(Claims(), algorithm), Vector.Body, SignedAt));
    }

    [Fact]
    public void A_token_without_signature_is_wrong()
    {
        var token = Sign(Claims(), "none");

        Assert.IsType<SignatureVerdict.Wrong>(Verify(token[..(token.LastIndexOf('.') + 1)], Vector.Body, SignedAt));
    }

    [Theory]
    [InlineData("iss", "Somebody")]
    [InlineData("api_key", "otherkey")]
    [InlineData("application_id", "bbbbbbbb-bbbb-cccc-dddd-0123456789ab")]
    [InlineData("payload_hash", "00")]
    [InlineData("payload_hash", null)]
    [InlineData("iss", null)]
    [InlineData("api_key", null)]
    [InlineData("iat", null)]
    public void A_wrong_or_absent_claim_is_wrong(string claim, string? value)
    {
        var claims = Claims();
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;

        Assert.IsType<SignatureVerdict.Wrong>(Verify(Sign(claims), Vector.Body, SignedAt));
    }

    [Fact]
    public void An_account_webhook_without_application_and_an_upper_case_hash_are_valid()
    {
        var claims = Claims();
        claims.Remove("application_id");
        claims["payload_hash"] = Vector.PayloadHash.ToUpperInvariant();

        Assert.IsType<SignatureVerdict.Valid>(Verify(Sign(claims), Vector.Body, SignedAt));
    }

    [Theory]
    [InlineData(-4, false)]
    [InlineData(9, false)]
    [InlineData(11, true)]
    [InlineData(24 * 60, true)]
    public void Within_a_day_a_token_is_valid_and_late_after_ten_minutes(int minutesLater, bool isLate) =>
        Assert.Equal(isLate, Assert.IsType<SignatureVerdict.Valid>(Verify($"Bearer {Vector.Token}", Vector.Body, SignedAt.AddMinutes(minutesLater))).IsLate);

    [Theory]
    [InlineData(-6)]
    [InlineData((24 * 60) + 6)]
    public void Outside_a_day_a_token_that_fits_is_from_another_time(int minutesLater) =>
        Assert.Equal(
            new SignatureVerdict.FromAnotherTime(SignedAt, SignedAt.AddMinutes(minutesLater)), Verify($"Bearer {Vector.Token}", Vector.Body, SignedAt.AddMinutes(minutesLater)));

    [Fact]
    public void A_token_of_somebody_else_is_wrong_whatever_its_time()
    {
        Assert.IsType<SignatureVerdict.Wrong>(Verify($"Bearer {Vector.Token}x", Vector.Body, SignedAt.AddDays(2)));
        Assert.IsType<SignatureVerdict.Wrong>(Verify($"Bearer {Vector.Token}", Vector.Body + " ", SignedAt.AddDays(-2)));
    }

    [Fact]
    public void A_passed_expiry_is_wrong_when_the_token_has_one()
    {
        var claims = Claims();
        claims["exp"] = SignedAt.AddMinutes(1).ToUnixTimeSeconds();

        Assert.IsType<SignatureVerdict.Valid>(Verify(Sign(claims), Vector.Body, SignedAt));
        Assert.IsType<SignatureVerdict.FromAnotherTime>(Verify(Sign(claims), Vector.Body, SignedAt.AddMinutes(7)));
    }

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly JwtVector Vector = JsonSerializer.Deserialize<JwtVector>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Messaging", "Data", "vonage-webhook-jwt-vector.json")),
        SnakeCase)!;

    private static SignatureVerdict Verify(string? header, string body, DateTimeOffset now) =>
        VonageWebhookSignature.Verify(header, Encoding.UTF8.GetBytes(body), VonageSettings.Valid(), now);

    private static Dictionary<string, object> Claims() => new()
    {
        ["iat"] = SignedAt.ToUnixTimeSeconds(),
        ["jti"] = "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5",
        ["iss"] = "Vonage",
        ["payload_hash"] = Vector.PayloadHash,
        ["api_key"] = "abcd1234",
        ["application_id"] = VonageSettings.Application,
    };

    private static string Sign(Dictionary<string, object> claims, string algorithm = "HS256")
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
        var signed = $"{header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Vector.Secret), Encoding.ASCII.GetBytes(signed));
        return $"Bearer {signed}.{Base64Url.EncodeToString(signature)}";
    }

    private sealed record JwtVector(string Secret, string Body, string PayloadHash, string Token);
}
