using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class SegmentRuleTests
{
    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly RuleNames Names = new(new Dictionary<PurposeId, string> { [Offers] = "Offers" }, new Dictionary<int, string> { [1] = "loyalty tier", [2] = "points" });

    private static readonly SegmentRule Everything = new AllOf(
    [
        new NumberCountryIs(["US", "CA"]), new LivesIn("US", "FL"), new LanguageIs(["en"]), new SourceIs(["Web form"]), new LineTypeIs([LineType.Mobile]),
        new AnyOf([new FrequencyIs([FrequencyPreference.Weekly]), new Added(true, 30)]),
        new NoneOf([new LastTextOlderThan(3), new ConsentIs(Offers, ConsentStatus.Withdrawn), new ConsentedUnder(Offers, "en", 3)]),
        new Purchased(2, 90, 25), new TextAttribute(1, TextTest.Is, "gold"), new NumberAttribute(2, AmountTest.AtLeast, 100.5),
        new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 31)), new FlagAttribute(4, true), new OnList(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000002"))),
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
            ["added", "all", "any", "consent", "consentedUnder", "dateAttribute", "flagAttribute", "frequency", "language", "lastTextOlderThan", "lineType", "livesIn", "none",
                "numberAttribute", "numberCountry", "onList", "purchased", "source", "textAttribute"],
            RuleKinds.ByName.Keys.Order(StringComparer.Ordinal));

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
    public void Values_that_are_no_numbers_are_refused()
    {
        Assert.Single(new NumberAttribute(1, AmountTest.Is, double.NaN).Check());
        Assert.Single(new Purchased(1, 1, double.NaN).Check());
        Assert.Single(new Purchased(1, 1, -1).Check());
    }
}
