using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class BehaviourTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly CampaignId Spring = CampaignId.New(Now);

    private static readonly SegmentPerson Nobody = new(Now, "US", null, null, "en", "Web form", LineType.Mobile, FrequencyPreference.Every, Now.AddDays(-10), null);

    [Fact]
    public void The_last_day_counts_to_its_end_and_the_first_from_its_beginning()
    {
        var day = new RuleTime(From: new DateOnly(2026, 11, 20), Until: new DateOnly(2026, 11, 20));
        bool Has(int hour, int minute, int day1) => new LastEngaged(day).Holds(Nobody with { LastEngagedAt = new DateTimeOffset(2026, 11, day1, hour, minute, 0, TimeSpan.Zero) });

        Assert.Equal([false, true, true, false], [Has(23, 59, 19), Has(0, 0, 20), Has(23, 59, 20), Has(0, 0, 21)]);
    }

    [Fact]
    public void Who_did_something_too_rarely_did_not_do_it()
    {
        var twice = Nobody with { Replies = [Now.AddDays(-1), Now.AddDays(-2)], Purchases = [new SeenPurchase(Now.AddDays(-1), 10), new SeenPurchase(Now.AddDays(-2), 10)] };

        Assert.Equal([true, false, true], [new Replied(2, RuleTime.Ever).Holds(twice), new Replied(2, RuleTime.Ever, Not: true).Holds(twice), new Replied(3, RuleTime.Ever, Not: true).Holds(twice)]);
        Assert.Equal([true, false, true], [new Purchased(2, 30).Holds(twice), new Purchased(2, 30, Not: true).Holds(twice), new Purchased(3, 30, Not: true).Holds(twice)]);
    }

    [Fact]
    public void A_text_of_another_campaign_is_none_of_this_one()
    {
        var person = Nobody with { Texts = [new SeenText(Now.AddDays(-1), CampaignId.New(Now))] };

        Assert.Equal([true, false, true], [new WasSent(RuleTime.Ever).Holds(person), new WasSent(RuleTime.Ever, Spring).Holds(person), new WasSent(RuleTime.Ever, Spring, Not: true).Holds(person)]);
    }

    [Fact]
    public void Who_never_engaged_did_not_last_engage_at_any_time() =>
        Assert.Equal([false, true], [new LastEngaged(RuleTime.Ever).Holds(Nobody), new LastEngaged(RuleTime.Last(30), Not: true).Holds(Nobody)]);

    [Fact]
    public void Only_a_consent_in_force_has_an_age()
    {
        SegmentPerson Agreed(int days, ConsentStatus status = ConsentStatus.Granted) => Nobody with
        {
            Consents = new Dictionary<PurposeId, SeenConsent> { [Offers] = new(ConsentState.None with { Status = status, GrantedAt = Now.AddDays(-days) }, null) },
        };

        Assert.Equal([true, false], [new ConsentAge(Offers, true, 30).Holds(Agreed(30)), new ConsentAge(Offers, true, 30).Holds(Agreed(31))]);
        Assert.Equal([false, true], [new ConsentAge(Offers, false, 30).Holds(Agreed(30)), new ConsentAge(Offers, false, 30).Holds(Agreed(31))]);
        Assert.False(new ConsentAge(Offers, false, 30).Holds(Agreed(31, ConsentStatus.Withdrawn)));
    }
}
