using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class VonageTokenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_token_is_signed_with_the_application_s_key_and_lives_15_minutes()
    {
        using var token = new VonageToken(VonageSettings.Monitor(VonageSettings.Valid()), _time);

        var parts = token.Current().Split('.');

        using var key = RSA.Create();
        key.ImportFromPem(VonageSettings.PrivateKey);
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(
            (VonageSettings.Application, $"{now}", $"{now + 900}"),
            (claims.RootElement.Text("application_id"), claims.RootElement.Text("iat"), claims.RootElement.Text("exp")));
        Assert.NotNull(claims.RootElement.Text("jti"));
    }

    [Fact]
    public void A_token_is_used_for_ten_minutes()
    {
        using var token = new VonageToken(VonageSettings.Monitor(VonageSettings.Valid()), _time);
        var first = token.Current();

        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(first, token.Current());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, token.Current());
    }

    [Fact]
    public void Only_the_token_in_use_is_forgotten()
    {
        using var token = new VonageToken(VonageSettings.Monitor(VonageSettings.Valid()), _time);
        var first = token.Current();
        token.Forget("another");
        Assert.Equal(first, token.Current());

        token.Forget(first);

        Assert.NotEqual(first, token.Current());
    }

    [Fact]
    public async Task Calls_are_spaced_evenly_and_held_when_asked()
    {
        var pace = new RequestPace(_time);
        Assert.True(pace.WaitAsync(10, Patience, default).IsCompleted);
        var second = pace.WaitAsync(10, Patience, default);
        var third = pace.WaitAsync(10, Patience, default);
        Assert.False(second.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        await second;
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await third;

        pace.Hold(TimeSpan.FromSeconds(2));
        var held = pace.WaitAsync(10, Patience, default);
        var slowed = pace.WaitAsync(10, Patience, default);
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(held.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await held;
        _time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(slowed.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await slowed;
    }

    [Fact]
    public async Task Who_would_have_to_wait_too_long_is_told_at_once_and_takes_no_turn()
    {
        var pace = new RequestPace(_time);
        pace.Hold(TimeSpan.FromMinutes(15));

        Assert.Equal(TimeSpan.FromMinutes(15), await pace.WaitAsync(10, TimeSpan.FromSeconds(30), default));

        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, await pace.WaitAsync(10, TimeSpan.FromSeconds(30), default));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_holds_up_no_call()
    {
        var clock = new SetBackClock();
        var pace = new RequestPace(clock);
        await pace.WaitAsync(1_000, Patience, default);

        clock.Back = TimeSpan.FromHours(1);

        Assert.Equal(TimeSpan.Zero, await pace.WaitAsync(1_000, TimeSpan.FromSeconds(5), default));
    }

    [Fact]
    public void Without_a_limit_nobody_waits()
    {
        var pace = new RequestPace(_time);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(pace.WaitAsync(0, Patience, default).IsCompleted));
    }

    private sealed class SetBackClock : TimeProvider
    {
        public TimeSpan Back { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Back;
    }
}
