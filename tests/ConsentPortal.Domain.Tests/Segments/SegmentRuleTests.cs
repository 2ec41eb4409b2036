using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class SegmentRuleTests
{
    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    private static readonly RuleNames Names = new(new Dictionary<PurposeId, string> { [Offers] = "Offers" }, new Dictionary<int, string> { [1] = "loyalty tier", [2] = "points" });

    private static readonly SegmentRule Everything = new AllOf(
    [
        new NumberCountryIs(["US", "CA"]), new LivesIn("US", "FL"), new LanguageIs(["en"]), new SourceIs(["Web form"]), new LineTypeIs([LineType.Mobile]),
        new AnyOf([new FrequencyIs([FrequencyPreference.Weekly]), new Added(true, 30)]),
        new NoneOf([new LastTextOlderThan(3), new ConsentIs(Offers, ConsentStatus.Withdrawn), new ConsentedUnder(Offers, "en", 3)]),
        new Purchased(2, 90, 25), new TextAttribute(1, TextTest.Is, "gold"), new NumberAttribute(2, AmountTest.AtLeast, 100.5),
        new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 31)), new FlagAttribute(4, true), new OnList(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000002"))),
        new WasSent(RuleTime.Last(30)), new WasSent(new RuleTime(From: new DateOnly(2026, 1, 1), Until: new DateOnly(2026, 1, 31)), new CampaignId(Guid.Parse("0193a000-0000-7000-8000-000000000003")), Not: true), new Replied(2, RuleTime.Ever, Not: true), new Clicked(RuleTime.Last(30)), new Clicked(RuleTime.Ever, new CampaignId(Guid.Parse("0193a000-0000-7000-8000-000000000003")), Not: true), new LastEngaged(RuleTime.Last(90)), new ConsentAge(Offers, false, 365), new InSegment(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000004"))), new InBucket("spring", 10, 20), new Purchased(1, null, null, RuleTime.Ever, Not: true),
        new ZoneIs(["America/New_York"]), new DateAttributeFromToday(3, TodayTest.WithinNext, 7), new ListAttribute(5, ListTest.NamesNone, ["red", "blue"]),
        new Added(false, null, new RuleTime(From: FirstDay)), new ConsentAge(Offers, true, null, new RuleTime(From: FirstDay, Until: FirstDay)), new AttributeKnown(2), new AttributeKnown(3, Not: true),
    ]);

    [Fact]
    public void A_rule_survives_its_stored_form()
    {
        var read = SegmentRuleJson.Read(SegmentRuleJson.Write(Everything));

        Assert.Equal(Everything, read.Value);
    }

    [Fact]
    public void The_stored_form_stays_as_it_is()
    {
        var rule = new AllOf([new NumberCountryIs(["US"]), new ConsentIs(Offers, ConsentStatus.Granted), new Purchased(2, 90, 25)]);

        Assert.Equal(
            """{"version":1,"rule":{"kind":"all","rules":[{"kind":"numberCountry","values":["US"]},{"kind":"consent","purpose":"0193a000-0000-7000-8000-000000000001","status":"granted"},{"kind":"purchased","times":2,"days":90,"minAmount":25}]}}""",
            SegmentRuleJson.Write(rule));
    }

    [Fact]
    public void The_names_of_kinds_are_part_of_the_stored_form() =>
        Assert.Equal(
            ["added", "all", "any", "attributeKnown", "bucket", "clicked", "consent", "consentAge", "consentedUnder", "dateAttribute", "dateAttributeFromToday", "flagAttribute", "frequency", "inSegment", "language", "lastEngaged", "lastTextOlderThan", "lineType", "listAttribute", "livesIn", "none",
                "numberAttribute", "numberCountry", "onList", "purchased", "replied", "source", "textAttribute", "wasSent", "zone"],
            RuleKinds.ByName.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_stored_form_of_what_somebody_did_not_do_stays_as_it_is() =>
        Assert.Equal(
            """{"version":1,"rule":{"kind":"all","rules":[{"kind":"replied","times":1,"when":{"from":"2026-01-01"},"not":true},{"kind":"wasSent","when":{"days":30}},{"kind":"purchased","times":1,"when":{},"not":true},{"kind":"bucket","salt":"spring","from":0,"percent":10}]}}""",
            SegmentRuleJson.Write(new AllOf(
            [
                new Replied(1, new RuleTime(From: new DateOnly(2026, 1, 1)), Not: true), new WasSent(RuleTime.Last(30)), new Purchased(1, null, null, RuleTime.Ever, Not: true),
                new InBucket("spring", 0, 10),
            ])));

    [Fact]
    public void Ages_in_days_are_stored_as_ever_and_other_times_beside_them()
    {
        const string Known = """{"version":1,"rule":{"kind":"all","rules":[{"kind":"added","isWithin":true,"days":30},{"kind":"consentAge","purpose":"0193a000-0000-7000-8000-000000000001","isWithin":false,"days":365}]}}""";
        var rule = new AllOf([new Added(true, 30), new ConsentAge(Offers, false, 365)]);

        Assert.Equal(rule, SegmentRuleJson.Read(Known).Value);
        Assert.Equal(Known, SegmentRuleJson.Write(rule));
        Assert.Equal(
            """{"version":1,"rule":{"kind":"all","rules":[{"kind":"added","isWithin":false,"when":{"from":"2026-01-01"}},{"kind":"attributeKnown","attributeId":2},{"kind":"attributeKnown","not":true,"attributeId":2}]}}""",
            SegmentRuleJson.Write(new AllOf([new Added(false, null, new RuleTime(From: FirstDay)), new AttributeKnown(2), new AttributeKnown(2, Not: true)])));
    }

    [Fact]
    public void Ages_are_told_in_days_or_by_the_calendar_and_need_a_time_that_asks_something()
    {
        var january = new RuleTime(From: FirstDay, Until: FirstDay.AddDays(30));

        Assert.Equal(
            [
                "were added in the last 30 days", "were added more than 30 days ago", "were added from 1 Jan 2026 to 31 Jan 2026", "were not added since 1 Jan 2026",
                "agreed to Offers in the last 30 days", "agreed to Offers more than 1 day ago", "agreed to Offers until 1 Jan 2026", "agreed to Offers, though not from 1 Jan 2026 to 31 Jan 2026",
                "have any points", "have no loyalty tier",
            ],
            new SegmentRule[]
            {
                new Added(true, 30), new Added(false, 30), new Added(true, null, january), new Added(false, null, new RuleTime(From: FirstDay)),
                new ConsentAge(Offers, true, 30), new ConsentAge(Offers, false, 1), new ConsentAge(Offers, true, null, new RuleTime(Until: FirstDay)), new ConsentAge(Offers, false, null, january),
                new AttributeKnown(2), new AttributeKnown(1, Not: true),
            }.Select(rule => rule.Describe(Names)));
        Assert.All(
            [new Added(true), new Added(true, 30, january), new Added(true, null, RuleTime.Ever), new ConsentAge(Offers, true), new ConsentAge(Offers, true, null, RuleTime.Ever), new ConsentAge(default, true, 30), new AttributeKnown(0)],
            (SegmentRule rule) => Assert.Single(rule.Check()));
    }

    [Theory]
    [InlineData("UK")]
    [InlineData("ZZ")]
    [InlineData("us")]
    [InlineData("USA")]
    [InlineData("")]
    public void A_country_that_is_none_is_refused_rather_than_met_by_nobody(string country) => Assert.Single(new LivesIn(country).Check());

    [Theory]
    [InlineData("GB")]
    [InlineData("XK")]
    [InlineData("AQ")]
    public void People_live_in_countries_with_numbers_and_without(string country) => Assert.Empty(new LivesIn(country).Check());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"rule":null}""")]
    [InlineData("""{"version":2,"rule":{"kind":"all","rules":[]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"sql","text":"1=1"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"all"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"all","rules":[null]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"added","isWithin":true,"days":"many"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"consent","purpose":"nobody","status":"granted"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"added","isWithin":true,"days":1,"evil":2}}""")]
    [InlineData("""{"version":1,"rule":{"rules":[]}}""")]
    public void What_is_no_rule_is_refused_with_a_sentence(string json) => Assert.IsType<SegmentRuleUnreadable>(SegmentRuleJson.Read(json).Failure);

    [Fact]
    public void A_rule_is_told_as_a_sentence() =>
        Assert.Equal(
            "People who have a number of US or CA, (agreed to Offers or bought at least 2 times for 25.00 or more in the last 90 days) and do not (withdrew from Offers or got no text in the last 1 day).",
            new AllOf(
            [
                new NumberCountryIs(["US", "CA"]), new AnyOf([new ConsentIs(Offers, ConsentStatus.Granted), new Purchased(2, 90, 25)]),
                new NoneOf([new ConsentIs(Offers, ConsentStatus.Withdrawn), new LastTextOlderThan(1)]),
            ]).Sentence(Names));

    [Fact]
    public void Consent_under_earlier_words_names_the_version_from_which_nobody_is_asked_again()
    {
        Assert.Equal("People who agreed to Offers under words before version 3 (en).", new ConsentedUnder(Offers, "en", 3).Sentence(Names));
        Assert.Empty(new ConsentedUnder(Offers, "en", 2).Check());
        Assert.All([new ConsentedUnder(default, "en", 2), new(Offers, "English", 2), new(Offers, "", 2), new(Offers, "en", 1)], (ConsentedUnder rule) => Assert.Single(rule.Check()));
    }

    [Fact]
    public void Behaviour_is_told_with_its_time_and_its_not()
    {
        var names = Names with { Segments = new Dictionary<SegmentId, string> { [default] = "Loyal" }, Campaigns = new Dictionary<CampaignId, string> { [default] = "Spring" } };

        Assert.Equal(
            [
                "were not sent the campaign \"Spring\" from 1 Jan 2026 to 31 Jan 2026", "were sent any campaign at any time", "replied at least 2 times since 1 Jan 2026", "did not reply in the last 1 day",
                "last engaged until 1 Jan 2026", "did not buy at least once on 1 Jan 2026", "agreed to Offers more than 365 days ago", "belong to the segment \"Loyal\"",
                "are among 10 % of people drawn as \"spring\"", "are among the 10 to 30 % of people drawn as \"spring\"",
                "opened a link of any campaign in the last 30 days", "did not open a link of the campaign \"Spring\" at any time",
            ],
            new SegmentRule[]
            {
                new WasSent(new RuleTime(From: FirstDay, Until: FirstDay.AddDays(30)), default(CampaignId), Not: true), new WasSent(RuleTime.Ever), new Replied(2, new RuleTime(From: FirstDay)),
                new Replied(1, RuleTime.Last(1), Not: true), new LastEngaged(new RuleTime(Until: FirstDay)), new Purchased(1, null, null, new RuleTime(From: FirstDay, Until: FirstDay), Not: true),
                new ConsentAge(Offers, false, 365), new InSegment(default), new InBucket("spring", 0, 10), new InBucket("spring", 10, 20),
                new Clicked(RuleTime.Last(30)), new Clicked(RuleTime.Ever, default(CampaignId), Not: true),
            }.Select(rule => rule.Describe(names)));
    }

    [Fact]
    public void Dates_and_lists_are_told_in_words()
    {
        var names = Names with { Attributes = new Dictionary<int, string> { [1] = "renewal", [2] = "interests" } };

        Assert.Equal(
            [
                "have renewal within the next 7 days", "have renewal in the last 1 day", "have renewal more than 90 days ago", "have renewal more than 90 days ahead",
                "have interests with \"red\" or \"blue\"", "have interests without any of \"red\"",
            ],
            new SegmentRule[]
            {
                new DateAttributeFromToday(1, TodayTest.WithinNext, 7), new DateAttributeFromToday(1, TodayTest.WithinLast, 1), new DateAttributeFromToday(1, TodayTest.LongerAgo, 90),
                new DateAttributeFromToday(1, TodayTest.FurtherAhead, 90), new ListAttribute(2, ListTest.NamesAny, ["red", "blue"]), new ListAttribute(2, ListTest.NamesNone, ["red"]),
            }.Select(rule => rule.Describe(names)));
        Assert.All(
            [new DateAttributeFromToday(1, TodayTest.WithinNext, 0), new DateAttributeFromToday(0, TodayTest.WithinNext, 1), new ListAttribute(1, ListTest.NamesAny, []), new ListAttribute(1, ListTest.NamesAny, ["a;b"]), new ListAttribute(1, ListTest.NamesAny, [" "])],
            (SegmentRule rule) => Assert.Single(rule.Check()));
    }

    [Fact]
    public void A_time_is_either_counted_back_or_of_the_calendar_and_never_runs_backwards()
    {
        Assert.All(
            [new RuleTime(0), new(3651), new(30, From: FirstDay), new(From: FirstDay, Until: FirstDay.AddDays(-1)), new(From: new DateOnly(1, 1, 1))], (RuleTime time) => Assert.NotEmpty(new LastEngaged(time).Check()));
        Assert.All([RuleTime.Ever, RuleTime.Last(1), new(From: FirstDay, Until: FirstDay)], (RuleTime time) => Assert.Empty(new LastEngaged(time).Check()));
        Assert.NotEmpty(new Purchased(1, null).Check());
        Assert.NotEmpty(new Purchased(1, 30, null, RuleTime.Ever).Check());
    }

    [Fact]
    public void A_share_needs_a_name_and_stays_within_the_whole() =>
        Assert.All([new InBucket("", 0, 10), new(" a", 0, 10), new("a", -1, 10), new("a", 0, 0), new("a", 95, 10), new(new string('a', 61), 0, 10)], (InBucket rule) => Assert.Single(rule.Check()));

    [Fact]
    public void Every_problem_says_where_it_stands()
    {
        var rule = new AllOf([new NumberCountryIs([]), new AnyOf([new Added(true, 0), new AllOf([])])]);

        Assert.Equal(["rule.1", "rule.2.1", "rule.2.2"], rule.Check().Select(p => p.Path));
    }

    [Fact]
    public void A_sound_rule_has_no_problems() => Assert.Empty(Everything.Check());

    [Fact]
    public void Groups_can_not_stand_in_each_other_without_end()
    {
        SegmentRule rule = new Added(true, 1);
        for (var i = 0; i < SegmentRule.MaxDepth; i++)
            rule = new AllOf([rule]);

        Assert.Contains(rule.Check(), p => p.Message.Contains("deep", StringComparison.Ordinal));
        Assert.Empty(((AllOf)rule).Rules[0].Check());
    }

    [Fact]
    public void A_rule_can_not_grow_without_end() =>
        Assert.Contains(
            new AnyOf([.. Enumerable.Repeat(new Added(true, 1), SegmentRule.MaxSize)]).Check(), p => p.Message.Contains("Split", StringComparison.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public void Days_have_limits(int days)
    {
        Assert.Single(new Added(true, days).Check());
        Assert.Single(new LastTextOlderThan(days).Check());
        Assert.Single(new Purchased(1, days).Check());
    }

    [Fact]
    public void The_most_that_a_rule_may_hold_is_allowed()
    {
        Assert.Empty(new AnyOf([.. Enumerable.Repeat(new Added(true, 3650), SegmentRule.MaxSize - 1)]).Check());
        Assert.Empty(new Purchased(1000, 1).Check());
        Assert.Empty(new SourceIs([.. Enumerable.Range(1, 50).Select(i => $"Form {i}")]).Check());
        Assert.Single(new SourceIs([.. Enumerable.Range(1, 51).Select(i => $"Form {i}")]).Check());
    }

    [Fact]
    public void Values_that_are_no_numbers_are_refused()
    {
        Assert.Single(new NumberAttribute(1, AmountTest.Is, double.NaN).Check());
        Assert.Single(new Purchased(1, 1, double.NaN).Check());
        Assert.Single(new Purchased(1, 1, -1).Check());
    }
}
