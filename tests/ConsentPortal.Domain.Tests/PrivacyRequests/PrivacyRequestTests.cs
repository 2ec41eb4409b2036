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
        var request = new PrivacyRequest
        {
            Id = PrivacyRequestId.New(Now), Number = 1, SubscriberId = SubscriberId.New(Now), Kind = kind, Regime = PrivacyRegime.Gdpr, Source = "Email", ReceivedAt = Now,
            DueOn = new DateOnly(2026, 12, 23), DueInternallyOn = new DateOnly(2026, 12, 23),
        };

        Assert.NotNull(request.Deny("We have a legitimate interest.", Now).Failure);
        Assert.True(request.IsOpen);
    }
}
