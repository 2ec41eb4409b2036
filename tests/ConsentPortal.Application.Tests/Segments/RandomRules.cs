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
    public static readonly DateOnly FirstDay = new(2026, 10, 1);

    public static Gen<SegmentRule> Gen(IReadOnlyList<PurposeId> purposes, SegmentId list) => Tree(purposes, list, 3);

    private static Gen<SegmentRule> Tree(IReadOnlyList<PurposeId> purposes, SegmentId list, int depth)
    {
        var leaf = Condition(purposes, list);
        if (depth == 0)
            return leaf;
        var children = Tree(purposes, list, depth - 1).List[1, 3];
        return CsCheck.Gen.OneOf(
            leaf, leaf,
            children.Select(SegmentRule (rules) => new AllOf(rules)),
            children.Select(SegmentRule (rules) => new AnyOf(rules)),
            children.Select(SegmentRule (rules) => new NoneOf(rules)));
    }

    private static Gen<SegmentRule> Condition(IReadOnlyList<PurposeId> purposes, SegmentId list)
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
            days.Select(SegmentRule (v) => new LastTextOlderThan(v)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.OneOf(Enum.GetValues<ConsentStatus>())).Select(SegmentRule (v) => new ConsentIs(v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf([.. purposes]), CsCheck.Gen.OneOf(Languages), CsCheck.Gen.Int[2, 4]).Select(SegmentRule (v) => new ConsentedUnder(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.Int[1, 3], days, CsCheck.Gen.OneOf<double?>(null, 20, 50)).Select(SegmentRule (v) => new Purchased(v.Item1, v.Item2, v.Item3)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<TextTest>()), CsCheck.Gen.OneOf(Tiers)).Select(SegmentRule (v) => new TextAttribute(1, v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<AmountTest>()), CsCheck.Gen.Int[0, 5]).Select(SegmentRule (v) => new NumberAttribute(2, v.Item1, v.Item2)),
            CsCheck.Gen.Select(CsCheck.Gen.OneOf(Enum.GetValues<DayTest>()), CsCheck.Gen.Int[0, 5]).Select(SegmentRule (v) => new DateAttribute(3, v.Item1, FirstDay.AddDays(v.Item2))),
            CsCheck.Gen.Bool.Select(SegmentRule (v) => new FlagAttribute(4, v)),
            CsCheck.Gen.Const<SegmentRule>(new OnList(list)));
    }

    private static Gen<IReadOnlyList<T>> Some<T>(T[] values) => CsCheck.Gen.OneOf(values).List[1, 2].Select(IReadOnlyList<T> (list) => list);
}
