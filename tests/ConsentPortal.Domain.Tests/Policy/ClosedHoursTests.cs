using ConsentPortal.Domain.Policy;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

public sealed class ClosedHoursTests
{
    private static readonly string[] Numbers = [NewYork, NewYork, Miami, Portland, FloridaPanhandle, SaltLake, Toronto, Paris, Berlin, Mumbai, "+61412345678"];

    /// <summary>The week of Thanksgiving, with a Sunday in it, by the rules one by one.</summary>
    [Theory]
    [InlineData(PolicyPreset.Statute)]
    [InlineData(PolicyPreset.Strictest)]
    public void An_hour_is_shut_for_as_many_people_as_no_quarter_of_it_lets_be_texted(PolicyPreset preset)
    {
        var (policy, first) = (Statute with { Preset = preset, DispatchGuard = TimeSpan.FromMinutes(10) }, At("2026-11-24T00:00:00Z"));
        var closed = new ClosedHours(policy, first);
        foreach (var number in Numbers)
            closed.Add(Marketing(number));

        var expected = Enumerable.Range(0, 7 * 24).Select(hour => first.AddHours(hour))
            .Select(hour => new ClosedHour(hour, Numbers.Count(number => IsShut(number, policy, hour)))).Where(hour => hour.People > 0);

        Assert.Equal(expected, closed.Between(first, first.AddDays(7)));
    }

    [Fact]
    public void Hours_of_the_house_and_facts_that_know_no_hours_count_too()
    {
        var policy = Statute with { Countries = new Dictionary<string, CountryOverride> { ["US"] = new(From: new TimeOnly(12, 0), To: new TimeOnly(13, 0)) } };
        var closed = new ClosedHours(policy, At("2026-11-24T00:00:00Z"));
        closed.Add(Marketing(NewYork));
        closed.Add(Marketing(NewYork) with { MessageClass = Domain.Consent.MessageClass.Emergency, Body = new Domain.Messaging.MessageBody("Aurora: the dam has broken.") });

        var open = Enumerable.Range(0, 24).Select(hour => At("2026-11-24T00:00:00Z").AddHours(hour)).Except(closed.Between(At("2026-11-24T00:00:00Z"), At("2026-11-25T00:00:00Z")).Select(hour => hour.Start));

        Assert.Equal([At("2026-11-24T17:00:00Z")], open);
        Assert.All(closed.Between(At("2026-11-24T00:00:00Z"), At("2026-11-25T00:00:00Z")), hour => Assert.Equal(1, hour.People));
    }

    private static bool IsShut(string number, PolicyVersion policy, DateTimeOffset hour) =>
        Enumerable.Range(0, 4).All(quarter => SendPolicy.Evaluate(Marketing(number), policy, hour.AddMinutes(15 * quarter)).Findings.Any(f => f.Gate is Gate.BarredDay or Gate.Window && f.Outcome == GateOutcome.Defer));
}
