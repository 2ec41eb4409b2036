using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using CsCheck;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>Rules over few values, so that random people meet them about half of the time.</summary>
internal static class RandomRules
{
    public static readonly string[] Regions = ["US", "CA", "DE"];
    public static readonly string[] States = ["FL", "NY"];
    public static readonly string[] Languages = ["en", "es"];
    public static readonly string[] Sources = ["Web form", "Store", "Import"];
    public static readonly string[] Tiers = ["gold", "GOLD ", "silver", "it's", "été", "ÉTÉ"];
    public static readonly string[] Zones = ["America/New_York", "Pacific/Auckland"];
    public static readonly string[] Colours = ["red", "Red ", "dark red", "bleu d'été", "BLEU D'ÉTÉ", "100%"];
    public static readonly DateOnly FirstDay = new(2026, 10, 1);
    public static readonly DateOnly LastDay = new(2026, 11, 22);

    public static Gen<SegmentRule> Gen(IReadOnlyList<PurposeId> purposes, RandomLinks links) => Tree(purposes, links, 3);

    private static Gen<SegmentRule> Tree(IReadOnlyList<PurposeId> purposes, RandomLinks links, int depth)
    {
        var leaf = Condition(purposes, links);
        if (depth == 0)
            return leaf;
        var children = Tree(purposes, links, depth - 1).List[1, 3];
        return CsCheck.Gen.OneOf(
            leaf, leaf,
            children.Select(SegmentRule (rules) => new AllOf(rules)),
            children.Select(SegmentRule (rules) => new AnyOf(rules)),
            children.Select(SegmentRule (rules) => new NoneOf(rules)));
    }

    private static Gen<SegmentRule> Condition(IReadOnlyList<PurposeId> purposes, RandomLinks links)
    {
        var days = CsCheck.Gen.Int[1, 60];
        return CsCheck.Gen.OneOf(
            Some(Regions).Select(SegmentRule (v) => new NumberCountryIs(v)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Regions), CsCheck.Gen.OneOf("FL", "NY", null)).Select(SegmentRule (v) => new LivesIn(v.Item1, v.Item2)),
            Some(Languages).Select(SegmentRule (v) => new LanguageIs(v)),
            Some(Sources).Select(SegmentRule (v) => new SourceIs(v)),
            Some([LineType.Mobile, LineType.FixedLine, LineType.Voip]).Select(SegmentRule (v) => new LineTypeIs(v)),
            Some([FrequencyPreference.Every, FrequencyPreference.Weekly, FrequencyPreference.UrgentOnly]).Select(SegmentRule (v) => new FrequencyIs(v)),
            CsCheck.Gen.Select(CsCheck.Gen.Bool, days).Select(SegmentRule (v) => new Added(v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.Bool, Time.Where(t => t != RuleTime.Ever)).Select(SegmentRule (v) => new Added(v.Item1, null, v.Item2)),
            days.Select(SegmentRule (v) => new LastTextOlderThan(v)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.OneOf(Enum.GetValues<ConsentStatus>())).Select(SegmentRule (v) => new ConsentIs(v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.OneOf(Languages), CsCheck.Gen.Int[2, 4]).Select(SegmentRule (v) => new ConsentedUnder(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.Int[1, 3], days, CsCheck.Gen.OneOf<double?>(null, 20, 50)).Select(SegmentRule (v) => new Purchased(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<TextTest>()), CsCheck.Gen.OneOf(Tiers)).Select(SegmentRule (v) => new TextAttribute(1, v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<AmountTest>()), CsCheck.Gen.Int[0, 5]).Select(SegmentRule (v) => new NumberAttribute(2, v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<DayTest>()), CsCheck.Gen.Int[0, 5]).Select(SegmentRule (v) => new DateAttribute(3, v.Item1, FirstDay.AddDays(v.Item2))),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<TodayTest>()), CsCheck.Gen.OneOf(CsCheck.Gen.Int[1, 4], CsCheck.Gen.Int[46, 58])).Select(SegmentRule (v) => new DateAttributeFromToday(3, v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<ListTest>()), Some(Colours)).Select(SegmentRule (v) => new ListAttribute(5, v.Item1, v.Item2)),
            Some(Zones).Select(SegmentRule (v) => new ZoneIs(v)),
            CsCheck.Gen.Bool.Select(SegmentRule (v) => new FlagAttribute(4, v)),
            CsCheck.Gen.Select(CsCheck.Gen.Int[1, 5], CsCheck.Gen.Bool).Select(SegmentRule (v) => new AttributeKnown(v.Item1, v.Item2)),
            CsCheck.Gen.Const<SegmentRule>(new OnList(links.List)),
            CsCheck.Gen.Select(CsCheck.Gen.Int[1, 2], Time, CsCheck.Gen.Bool).Select(SegmentRule (v) => new Purchased(v.Item1, null, null, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.Int[1, 2], Time, CsCheck.Gen.Bool).Select(SegmentRule (v) => new Replied(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(Time, CsCheck.Gen.OneOf([.. links.Campaigns.Select(c => (CampaignId?)c), null]), CsCheck.Gen.Bool).Select(SegmentRule (v) => new WasSent(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(Time, CsCheck.Gen.OneOf([.. links.Campaigns.Select(c => (CampaignId?)c), null]), CsCheck.Gen.Bool).Select(SegmentRule (v) => new Clicked(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(Time, CsCheck.Gen.Bool).Select(SegmentRule (v) => new LastEngaged(v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.Bool, days).Select(SegmentRule (v) => new ConsentAge(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.Bool, Time.Where(t => t != RuleTime.Ever)).Select(SegmentRule (v) => new ConsentAge(v.Item1, v.Item2, null, v.Item3)),
            CsCheck.Gen.OneOf([.. links.Segments.Select(s => CsCheck.Gen.Const<SegmentRule>(new InSegment(s.Key) { Rule = s.Value }))]),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf("spring", "summer"), CsCheck.Gen.Int[0, 50], CsCheck.Gen.Int[1, 50]).Select(SegmentRule (v) => new InBucket(v.Item1, v.Item2, v.Item3)));
    }

    private static Gen<RuleTime> Time { get; } = CsCheck.Gen.OneOf(
        CsCheck.Gen.Int[1, 60].Select(RuleTime.Last),
        CsCheck.Gen.Const(RuleTime.Ever),
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 30], CsCheck.Gen.Int[0, 30], CsCheck.Gen.Int[0, 2]).Select(v => new RuleTime(
            From: v.Item3 == 1 ? null : FirstDay.AddDays(v.Item1), Until: v.Item3 == 2 ? null : FirstDay.AddDays(v.Item1 + v.Item2))));

    private static Gen<IReadOnlyList<T>> Some<T>(T[] values) => CsCheck.Gen.OneOf(values).List[1, 2].Select(IReadOnlyList<T> (list) => list);
}

/// <summary>What rules may name by id.</summary>
internal sealed record RandomLinks(SegmentId List, IReadOnlyList<CampaignId> Campaigns, IReadOnlyDictionary<SegmentId, SegmentRule> Segments);
