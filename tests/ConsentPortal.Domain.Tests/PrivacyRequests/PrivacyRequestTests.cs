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

    [Theory]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, IdentityLevel.ThreeFacts)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Portability, IdentityLevel.ThreeFacts)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Erasure, IdentityLevel.TwoFacts)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Rectification, IdentityLevel.TwoFacts)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Restriction, IdentityLevel.None)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.Withdrawal, IdentityLevel.None)]
    [InlineData(PrivacyRegime.Gdpr, PrivacyRequestKind.Restriction, IdentityLevel.OneFact)]
    [InlineData(PrivacyRegime.Ccpa, PrivacyRequestKind.OptOutOfSale, IdentityLevel.None)]
    [InlineData(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, IdentityLevel.OneFact)]
    [InlineData(PrivacyRegime.Gdpr, PrivacyRequestKind.Objection, IdentityLevel.None)]
    public void The_law_and_the_kind_say_how_surely_it_has_to_be_known_who_asks(PrivacyRegime regime, PrivacyRequestKind kind, IdentityLevel lowest)
    {
        Assert.Equal(lowest, IdentityTable.Lowest(regime, kind));
        Assert.All(IdentityTable.Ways, way => Assert.Equal(way.Level < lowest, IdentityTable.Refusal(regime, kind, way, isNumberProven: true) is IdentityTooWeak));
    }

    [Fact]
    public void Whatever_rests_on_a_code_counts_only_once_the_code_was_read_back() => Assert.All(IdentityTable.Ways, way => Assert.Equal(
        way.NeedsCode, IdentityTable.Refusal(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, way, isNumberProven: false) is CodeNotReadBack));

    [Fact]
    public void Time_given_before_the_history_was_kept_survives_a_pause()
    {
        var days = new RequestDays(new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 1));
        var request = new PrivacyRequest
        {
            Id = PrivacyRequestId.New(Now), Number = 1, SubscriberId = SubscriberId.New(Now), Kind = PrivacyRequestKind.Access, Regime = PrivacyRegime.UkGdpr, Source = "Email", ReceivedAt = Now,
            DueOn = new DateOnly(2027, 2, 23), DueInternallyOn = new DateOnly(2027, 2, 23),
        };

        Assert.True(request.Pause(PauseCause.Clarification, days).IsSuccess);
        Assert.True(request.Resume(days with { Today = new DateOnly(2026, 12, 3) }).IsSuccess);

        Assert.Equal(new DateOnly(2027, 2, 25), request.DueOn);
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
