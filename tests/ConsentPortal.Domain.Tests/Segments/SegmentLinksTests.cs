using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Tests.Segments;

public sealed class SegmentLinksTests
{
    private static readonly SegmentId A = Id(1), B = Id(2), C = Id(3);

    private static readonly SegmentRule Us = new NumberCountryIs(["US"]);

    [Fact]
    public void A_named_segment_brings_its_rule_and_those_that_it_names_in_turn()
    {
        var whole = SegmentLinks.Complete(new NoneOf([new InSegment(A)]), Rules((A, new AllOf([new InSegment(B)])), (B, Us))).Value;

        Assert.Contains(Us, whole.Reached());
    }

    [Fact]
    public void A_segment_that_comes_back_to_itself_is_refused_where_it_begins_to()
    {
        var rules = Rules((A, new InSegment(B)), (B, new AnyOf([Us, new InSegment(C)])), (C, new InSegment(A)));

        Assert.Equal(["rule.2"], Refused(new AllOf([Us, new InSegment(B)]), rules, A).Select(p => p.Path));
        Assert.Equal(["rule.1"], Refused(new AllOf([new InSegment(A)]), rules, null).Select(p => p.Path));
        Assert.Single(Refused(new InSegment(A), rules, A));
    }

    [Fact]
    public void A_rule_that_names_its_own_segment_is_refused_before_it_is_saved() =>
        Assert.Contains("comes back to itself", Refused(new AllOf([Us, new InSegment(A)]), Rules((A, Us)), A).Single().Message);

    [Fact]
    public void Two_ways_to_the_same_segment_are_no_circle() =>
        Assert.True(SegmentLinks.Complete(new AllOf([new InSegment(A), new InSegment(B)]), Rules((A, new InSegment(C)), (B, new InSegment(C)), (C, Us)), Id(9)).IsSuccess);

    [Fact]
    public void A_segment_that_is_gone_is_refused() => Assert.Contains("gone", Refused(new InSegment(A), Rules(), null).Single().Message);

    [Fact]
    public void Segments_that_double_with_each_step_are_refused_at_once()
    {
        var rules = Enumerable.Range(1, 60).ToDictionary(Id, SegmentRule (i) => i == 60 ? Us : new AllOf([new InSegment(Id(i + 1)), new InSegment(Id(i + 1))]));

        Assert.Contains("200 are the most", Refused(new InSegment(A), rules, null).Single().Message);
    }

    private static IReadOnlyList<RuleProblem> Refused(SegmentRule rule, IReadOnlyDictionary<SegmentId, SegmentRule> rules, SegmentId? of) =>
        Assert.IsType<SegmentRuleRefused>(SegmentLinks.Complete(rule, rules, of).Failure).Problems;

    private static Dictionary<SegmentId, SegmentRule> Rules(params (SegmentId Id, SegmentRule Rule)[] rules) => rules.ToDictionary(r => r.Id, r => r.Rule);

    private static SegmentId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
