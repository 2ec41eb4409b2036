using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class SegmentFunnelTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125552368"));
        await _portal.AddPersonAsync("+12125552369");
        await _portal.AddPersonAsync("+14165550123", "CA");
        await _portal.AddPersonAsync("+493012345678", "DE");
        await _portal.EraseAsync(await _portal.AddPersonAsync("+12125552370"));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Each_condition_says_how_many_it_leaves_of_those_before()
    {
        var steps = await StepsAsync(new AllOf([new LineTypeIs([LineType.Mobile]), new NumberCountryIs(["US", "CA"]), new ConsentIs(_portal.Offers.Id, ConsentStatus.Granted)]));

        Assert.Equal([("rule", 4), ("rule.1", 4), ("rule.2", 3), ("rule.3", 1)], steps);
    }

    [Fact]
    public async Task A_branch_of_an_any_group_counts_those_who_came_as_far_as_the_group()
    {
        var steps = await StepsAsync(new AllOf([new NumberCountryIs(["US", "CA"]), new AnyOf([new NumberCountryIs(["CA", "DE"]), new ConsentIs(_portal.Offers.Id, ConsentStatus.Granted)])]));

        Assert.Equal([("rule", 4), ("rule.1", 3), ("rule.2", 2), ("rule.2.1", 1), ("rule.2.2", 1)], steps);
    }

    [Fact]
    public async Task Branches_of_an_outermost_any_group_are_counted_each_on_its_own()
    {
        var steps = await StepsAsync(new AnyOf([new NumberCountryIs(["CA"]), new LineTypeIs([LineType.Mobile])]));

        Assert.Equal([("rule", 4), ("rule.1", 1), ("rule.2", 4)], steps);
    }

    [Fact]
    public async Task Each_condition_of_a_none_group_takes_people_away()
    {
        var steps = await StepsAsync(new NoneOf([new NumberCountryIs(["CA"]), new NumberCountryIs(["DE"])]));

        Assert.Equal([("rule", 4), ("rule.1", 3), ("rule.2", 2)], steps);
    }

    [Fact]
    public async Task Conditions_deep_in_a_rule_are_counted_too_after_those_around_them()
    {
        var mobile = new LineTypeIs([LineType.Mobile]);
        var granted = new ConsentIs(_portal.Offers.Id, ConsentStatus.Granted);

        var steps = await StepsAsync(new AllOf([new NumberCountryIs(["US", "CA"]), new AnyOf([new NumberCountryIs(["CA"]), new AllOf([mobile, new NoneOf([granted])])])]));

        Assert.Equal([("rule", 4), ("rule.1", 3), ("rule.2", 2), ("rule.2.1", 1), ("rule.2.2", 2), ("rule.2.2.1", 3), ("rule.2.2.2", 2), ("rule.2.2.2.1", 2)], steps);
    }

    [Fact]
    public async Task A_group_within_a_none_group_begins_with_those_who_were_not_taken_away_before_it()
    {
        var steps = await StepsAsync(new NoneOf([new NumberCountryIs(["CA"]), new AllOf([new LineTypeIs([LineType.Mobile]), new NumberCountryIs(["US", "CA"])])]));

        Assert.Equal([("rule", 4), ("rule.1", 3), ("rule.2", 1), ("rule.2.1", 3), ("rule.2.2", 2)], steps);
    }

    [Fact]
    public async Task The_last_of_the_outermost_steps_is_the_segment_itself()
    {
        SegmentRule rule = new AllOf([new Added(true, 30), new NoneOf([new NumberCountryIs(["DE"])])]);

        var people = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, rule, null, default)).Value.People;

        Assert.Equal([("rule.2", people), ("rule.2.1", people)], (await StepsAsync(rule)).TakeLast(2));
    }

    [Fact]
    public async Task Counting_stops_between_two_steps_when_nobody_waits_for_it_any_more()
    {
        using var asking = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _portal.Get<SegmentFunnel>().StepsAsync(_portal.Staff, new AllOf([new Added(true, 1), new Added(true, 2)]), asking.Token))
            {
                seen++;
                await asking.CancelAsync();
            }
        });

        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task An_unfinished_rule_has_no_steps_and_a_stranger_gets_none()
    {
        Assert.Empty(await StepsAsync(new AllOf([])));
        Assert.Throws<NotPermitted>(() => _portal.Get<SegmentFunnel>().StepsAsync(Actor.Nobody, new Added(true, 1), default));
    }

    private async Task<IReadOnlyList<(string Path, int People)>> StepsAsync(SegmentRule rule)
    {
        var steps = new List<(string, int)>();
        await foreach (var step in _portal.Get<SegmentFunnel>().StepsAsync(_portal.Staff, rule, default))
            steps.Add((step.Path, step.People));
        return steps;
    }
}
