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

    private static readonly SegmentPerson Nobody = new(RuleMoment.Utc(Now), "US", null, null, "en", "Web form", LineType.Mobile, FrequencyPreference.Every, Now.AddDays(-10), null);

    [Fact]
    public void The_last_day_counts_to_its_end_and_the_first_from_its_beginning()
    {
        var day = new RuleTime(From: new DateOnly(2026, 11, 20), Until: new DateOnly(2026, 11, 20));
        bool Has(int hour, int minute, int day1) => new LastEngaged(day).Holds(Nobody with { LastEngagedAt = new DateTimeOffset(2026, 11, day1, hour, minute, 0, TimeSpan.Zero) });

        Assert.Equal([false, true, true, false], [Has(23, 59, 19), Has(0, 0, 20), Has(23, 59, 20), Has(0, 0, 21)]);
    }

    [Fact]
    public void A_day_begins_and_ends_by_the_clock_of_the_organisation()
    {
        var day = new RuleTime(From: new DateOnly(2026, 11, 20), Until: new DateOnly(2026, 11, 20));
        var inNewYork = new RuleMoment(Now, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        bool Has(int hour, int minute, int day1) => new LastEngaged(day).Holds(Nobody with { At = inNewYork, LastEngagedAt = new DateTimeOffset(2026, 11, day1, hour, minute, 0, TimeSpan.Zero) });

        Assert.Equal([false, true, true, false], [Has(4, 59, 20), Has(5, 0, 20), Has(4, 59, 21), Has(5, 0, 21)]);
        Assert.Equal("last engaged 19 Nov 2026 (4 days ago)", RuleExplanation.Of(new LastEngaged(day), Nobody with { At = inNewYork, LastEngagedAt = new DateTimeOffset(2026, 11, 20, 4, 59, 0, TimeSpan.Zero) }, RuleNames.None).Seen);
    }

    [Theory]
    [InlineData("America/Santiago", 9, 6, 4)]
    [InlineData("America/Havana", 11, 1, 4)]
    [InlineData("America/New_York", 3, 8, 5)]
    public void A_day_without_a_midnight_begins_after_it_and_one_with_two_at_the_first(string zone, int month, int day, int hour) =>
        Assert.Equal(new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.Zero), new RuleMoment(Now, TimeZoneInfo.FindSystemTimeZoneById(zone)).StartOf(new DateOnly(2026, month, day)));

    [Fact]
    public void A_date_is_held_against_the_day_that_the_organisations_clock_shows()
    {
        // Two in the morning of the 25th by UTC, nine in the evening of the 24th in New York.
        var night = new DateTimeOffset(2026, 11, 25, 2, 0, 0, TimeSpan.Zero);
        bool Holds(TodayTest test, int days, int day, string zone = "America/New_York") => new DateAttributeFromToday(1, test, days).Holds(Nobody with
        {
            At = new RuleMoment(night, TimeZoneInfo.FindSystemTimeZoneById(zone)),
            Attributes = new Dictionary<int, SeenValue> { [1] = new(null, null, new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero)) },
        });

        Assert.Equal([true, false], [Holds(TodayTest.WithinNext, 1, 24), Holds(TodayTest.WithinNext, 1, 24, "UTC")]);
        Assert.Equal([false, true, true, false], [Holds(TodayTest.WithinNext, 3, 23), Holds(TodayTest.WithinNext, 3, 24), Holds(TodayTest.WithinNext, 3, 27), Holds(TodayTest.WithinNext, 3, 28)]);
        Assert.Equal([false, true, true, false], [Holds(TodayTest.WithinLast, 3, 20), Holds(TodayTest.WithinLast, 3, 21), Holds(TodayTest.WithinLast, 3, 24), Holds(TodayTest.WithinLast, 3, 25)]);
        Assert.Equal([true, false], [Holds(TodayTest.LongerAgo, 3, 20), Holds(TodayTest.LongerAgo, 3, 21)]);
        Assert.Equal([false, true], [Holds(TodayTest.FurtherAhead, 3, 27), Holds(TodayTest.FurtherAhead, 3, 28)]);
    }

    [Fact]
    public void A_list_has_a_value_only_as_a_whole()
    {
        bool Holds(ListTest test, string list, params string[] values) =>
            new ListAttribute(1, test, values).Holds(Nobody with { Attributes = new Dictionary<int, SeenValue> { [1] = new(ValueList.Read(list), null, null) } });

        Assert.Equal([true, true, false, false], [Holds(ListTest.NamesAny, "red; Blue", "blue"), Holds(ListTest.NamesAny, "red; blue", "green", "RED "), Holds(ListTest.NamesAny, "dark red", "red"), Holds(ListTest.NamesAny, "red; blue", "red; blue")]);
        Assert.Equal([false, true, false], [Holds(ListTest.NamesNone, "red; blue", "green", "blue"), Holds(ListTest.NamesNone, "dark red", "red"), new ListAttribute(1, ListTest.NamesNone, ["red"]).Holds(Nobody)]);
    }

    [Theory]
    [InlineData("red; Blue ;red;RED;;", ";red;Blue;")]
    [InlineData(";red;Blue;", ";red;Blue;")]
    [InlineData("red", ";red;")]
    [InlineData(" ; ", null)]
    public void A_list_keeps_each_value_once(string text, string? kept) => Assert.Equal(kept, ValueList.Read(text));

    [Fact]
    public void A_list_that_is_too_long_is_none() => Assert.Equal((null, 400), (ValueList.Read(new string('a', 399)), ValueList.Read(new string('a', 398))?.Length));

    [Fact]
    public void Only_a_zone_that_somebody_confirmed_counts()
    {
        Assert.Equal([true, false, false], new[] { "America/Denver", "America/Phoenix", null }.Select(zone => new ZoneIs(["America/Denver"]).Holds(Nobody with { Zone = zone })));
        Assert.Equal("confirmed the time zone America/Denver or Europe/Paris", new ZoneIs(["America/Denver", "Europe/Paris"]).Describe(RuleNames.None));
        Assert.Single(new ZoneIs(["Mountain time"]).Check());
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
    public void A_click_of_another_campaign_or_another_time_is_none_of_this_one()
    {
        var person = Nobody with { Clicks = [new SeenText(Now.AddDays(-3), CampaignId.New(Now)), new SeenText(Now.AddDays(-40), Spring)] };

        Assert.Equal(
            [true, true, false, true, false],
            [
                new Clicked(RuleTime.Last(30)).Holds(person), new Clicked(RuleTime.Ever, Spring).Holds(person), new Clicked(RuleTime.Last(30), Spring).Holds(person),
                new Clicked(RuleTime.Last(30), Spring, Not: true).Holds(person), new Clicked(RuleTime.Ever).Holds(Nobody),
            ]);
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
