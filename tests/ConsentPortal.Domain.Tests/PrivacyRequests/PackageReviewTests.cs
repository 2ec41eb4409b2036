using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.PrivacyRequests;

public sealed class PackageReviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_review_is_confirmed_once_and_only_as_it_was_seen()
    {
        var review = Collected();

        Assert.IsType<CollectedAgain>(review.Confirm(Now.AddMinutes(-1), "Carla Mendes", Now).Failure);
        Assert.Null(review.Confirm(Now, "Carla Mendes", Now.AddMinutes(5)).Failure);
        Assert.NotNull(review.Confirm(Now, "Ben Oduya", Now.AddMinutes(6)).Failure);
        Assert.Equal((Now.AddMinutes(5), "Carla Mendes"), (review.ConfirmedAt, review.ConfirmedBy));
    }

    [Fact]
    public void Collecting_again_and_every_change_open_it_anew()
    {
        var review = Collected();
        review.Confirm(Now, "Carla Mendes", Now);
        review.Reopen();
        Assert.Null(review.ConfirmedAt);
        review.Confirm(Now, "Carla Mendes", Now);
        review.Collect([2], Now.AddDays(1));

        Assert.Equal((null, null, Now.AddDays(1)), (review.ConfirmedAt, review.ConfirmedBy, review.CollectedAt));
    }

    [Theory]
    [InlineData(RedactionGround.NeverDisclosed, PrivacyRegime.Ccpa, "too sensitive to be sent, 11 CCR § 7024(d)")]
    [InlineData(RedactionGround.RightsOfOthers, PrivacyRegime.Gdpr, "rights of others, GDPR art. 15(4)")]
    [InlineData(RedactionGround.RightsOfOthers, PrivacyRegime.Lgpd, "rights of others")]
    public void A_ground_names_its_source_in_the_law_of_the_request(RedactionGround ground, PrivacyRegime regime, string words) => Assert.Equal(words, RedactionGrounds.InWords(ground, regime));

    private static PackageReview Collected()
    {
        var review = new PackageReview { RequestId = PrivacyRequestId.New(Now), SubscriberId = SubscriberId.New(Now) };
        review.Collect([1], Now);
        return review;
    }
}
