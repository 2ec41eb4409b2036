using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class RuleExplanationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly SegmentPerson Ada = new(RuleMoment.Utc(Now), "US", "US", "FL", "en", "Web form", LineType.Mobile, FrequencyPreference.Weekly, Now.AddDays(-10), Now.AddDays(-21))
    {
        Consents = new Dictionary<PurposeId, SeenConsent>
        {
            [Offers] = new(ConsentState.None with { Status = ConsentStatus.Granted, Since = Now.AddDays(-300), ExpiresAt = Now.AddDays(-1) }, new SeenWording(Offers, "en", 2)),
        },
        Purchases = [new SeenPurchase(Now.AddDays(-5), 30), new SeenPurchase(Now.AddDays(-6), null), new SeenPurchase(Now.AddDays(-80), 500)],
        Attributes = new Dictionary<int, SeenValue> { [1] = new("gold", null, null), [2] = new(null, 7, null), [4] = new(null, 0, null), [5] = new(";red;blue;", null, null) },
        Zone = "America/New_York",
        Replies = [Now.AddDays(-4), Now.AddDays(-40)],
        Texts = [new SeenText(Now.AddDays(-21), default(CampaignId)), new SeenText(Now.AddDays(-50), null)],
        Clicks = [new SeenText(Now.AddDays(-21), default(CampaignId))],
        LastEngagedAt = Now.AddDays(-4),
        Lot = 1_073_741_823,
    };

    [Fact]
    public void Every_condition_says_what_it_saw()
    {
        SegmentRule[] rules =
        [
            new NumberCountryIs(["CA"]), new LivesIn("US"), new LanguageIs(["es"]), new SourceIs(["Store"]), new LineTypeIs([LineType.Voip]), new FrequencyIs([FrequencyPreference.Daily]),
            new Added(true, 30), new LastTextOlderThan(30), new ConsentIs(Offers, ConsentStatus.Granted), new ConsentedUnder(Offers, "en", 3), new Purchased(2, 30, 20),
            new TextAttribute(1, TextTest.Is, "silver"), new NumberAttribute(2, AmountTest.AtLeast, 8), new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 1)),
            new FlagAttribute(4, true), new OnList(SegmentId.New(Now)),
            new Replied(1, RuleTime.Last(30)), new Replied(1, RuleTime.Ever), new WasSent(RuleTime.Ever), new WasSent(RuleTime.Last(3)), new LastEngaged(RuleTime.Last(1)), new Clicked(RuleTime.Ever), new Clicked(RuleTime.Last(3)),
            new ConsentAge(Offers, true, 30), new InSegment(default) { Rule = new LanguageIs(["en"]) }, new Purchased(1, 3, Not: true),
            new ZoneIs(["America/Denver"]), new DateAttributeFromToday(3, TodayTest.WithinNext, 7), new ListAttribute(5, ListTest.NamesAny, ["green"]),
        ];

        Assert.Equal(
        [
            "a number of US", "lives in FL, US", "reads en", "came through Web form", "a line of the kind mobile", "asked for weekly texts",
            "added 14 Nov 2026 (10 days ago)", "last text 3 Nov 2026 (21 days ago)", "expired 23 Nov 2026 (1 day ago)", "no consent in force", "bought once in the last 30 days",
            "\"gold\"", "7", "no value", "not set", "not on the list",
            "replied once in the last 30 days", "replied 2 times at any time", "last sent 3 Nov 2026 (21 days ago)", "was sent none of the kind", "last engaged 20 Nov 2026 (4 days ago)", "last opened one 3 Nov 2026 (21 days ago)", "opened none of the kind",
            "no consent in force", "belongs to it", "bought nothing of the kind in the last 3 days",
            "confirmed America/New_York", "no value", "red; blue",
        ],
            rules.Select(r => RuleExplanation.Of(r, Ada, RuleNames.None).Seen));
        Assert.Equal(
            [
                new LivesIn("US"), new Added(true, 30), new Replied(1, RuleTime.Last(30)), new Replied(1, RuleTime.Ever), new WasSent(RuleTime.Ever), new Clicked(RuleTime.Ever), new InSegment(default),
                new Purchased(1, 3, Not: true),
            ],
            rules.Where(r => r.Holds(Ada)));
    }

    [Fact]
    public void The_one_condition_that_keeps_somebody_out_is_named()
    {
        var rule = new AllOf([new NumberCountryIs(["US"]), new NoneOf([new LanguageIs(["en"]), new SourceIs(["Store"])]), new Added(true, 30)]);

        var explanation = RuleExplanation.Of(rule, Ada, RuleNames.None);

        var miss = Assert.Single(explanation.NearMisses);
        Assert.Equal(("rule.2.1", "read en", "reads en"), (miss.Path, miss.Words, miss.Seen));
        Assert.Equal([true, false, true], explanation.Parts.Select(p => p.IsMet));
    }

    [Fact]
    public void Two_conditions_that_both_keep_somebody_out_are_no_near_miss() =>
        Assert.Empty(RuleExplanation.Of(new AllOf([new NumberCountryIs(["CA"]), new LanguageIs(["es"])]), Ada, RuleNames.None).NearMisses);

    [Fact]
    public void Somebody_inside_misses_nothing() => Assert.Empty(RuleExplanation.Of(new NumberCountryIs(["US"]), Ada, RuleNames.None).NearMisses);

    [Fact]
    public void A_condition_decides_exactly_when_the_answer_turns_with_it()
    {
        Tree(3).Sample(
            rule =>
            {
                var explained = RuleExplanation.Of(rule, Ada, RuleNames.None);
                return Leaves(explained).All(leaf => leaf.Decides == (Turned(rule, leaf.Path, "rule").Holds(Ada) != explained.IsMet));
            });
    }

    private static IEnumerable<RuleExplanation> Leaves(RuleExplanation part) => part.Rule is RuleGroup ? part.Parts.SelectMany(Leaves) : [part];

    private static SegmentRule Turned(SegmentRule rule, string path, string here)
    {
        if (here == path)
            return new NoneOf([rule]);
        SegmentRule[] Parts(RuleGroup group) => [.. group.Rules.Select((part, i) => Turned(part, path, $"{here}.{i + 1}"))];
        return rule switch
        {
            AllOf all => new AllOf(Parts(all)),
            AnyOf any => new AnyOf(Parts(any)),
            NoneOf none => new NoneOf(Parts(none)),
            _ => rule,
        };
    }

    private static Gen<SegmentRule> Tree(int depth)
    {
        var leaf = Gen.OneOf<SegmentRule>(Gen.Const<SegmentRule>(new NumberCountryIs(["US"])), Gen.Const<SegmentRule>(new NumberCountryIs(["CA"])));
        if (depth == 0)
            return leaf;
        var children = Tree(depth - 1).List[1, 3];
        return Gen.OneOf(leaf, children.Select(SegmentRule (r) => new AllOf(r)), children.Select(SegmentRule (r) => new AnyOf(r)), children.Select(SegmentRule (r) => new NoneOf(r)));
    }
}
