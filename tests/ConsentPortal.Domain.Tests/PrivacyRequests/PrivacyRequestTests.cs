using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.PrivacyRequests;

public sealed class PrivacyRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Rule", "EU-16")]
    [InlineData(PrivacyRequestKind.Objection)]
    [InlineData(PrivacyRequestKind.Withdrawal)]
    public void Case_54_an_objection_to_marketing_cannot_be_answered_with_an_interest_of_ours(PrivacyRequestKind kind)
    {
        var request = Received(kind, PrivacyRegime.Gdpr);

        Assert.NotNull(request.Deny("We have a legitimate interest.", Now).Failure);
        Assert.True(request.IsOpen);
    }

    [Fact]
    [Trait("Rule", "CA-04")]
    public void An_opt_out_of_sale_can_t_be_refused()
    {
        var request = Received(PrivacyRequestKind.OptOutOfSale, PrivacyRegime.Ccpa);

        Assert.NotNull(request.Deny("We sell nothing.", Now).Failure);
        Assert.True(request.IsOpen);
    }

    [Theory]
    [Trait("Rule", "CA-04")]
    [InlineData(PrivacyRegime.Ccpa, false)]
    [InlineData(PrivacyRegime.Gdpr, true)]
    public void California_s_limit_on_use_needs_no_proof_of_who_asks_and_Europe_s_restriction_does(PrivacyRegime regime, bool needs)
    {
        var request = Received(PrivacyRequestKind.Restriction, regime);

        Assert.Equal(needs, request.NeedsVerification);
        Assert.Equal(!needs, request.Complete("Limited.", Now).IsSuccess);
    }

    private static PrivacyRequest Received(PrivacyRequestKind kind, PrivacyRegime regime) => new()
    {
        Id = PrivacyRequestId.New(Now), Number = 1, SubscriberId = SubscriberId.New(Now), Kind = kind, Regime = regime, Source = "Email", ReceivedAt = Now,
        DueOn = new DateOnly(2026, 12, 23), DueInternallyOn = new DateOnly(2026, 12, 23),
    };
}
