using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Caps as far as the place of somebody tells them.</summary>
public sealed class StandingCapTests
{
    private static readonly DateTimeOffset Noon = At("2026-11-24T17:00:00Z");

    [Fact]
    public void The_usual_policy_caps_the_US_and_every_country_that_nobody_has_entered()
    {
        var cap = Assert.Single(StandingCap.Of(PolicyVersion.Default, MessageClass.Informational, Noon));

        Assert.Equal((3, TimeSpan.FromHours(24), true), (cap.Count, cap.Period, cap.Places!.AreExcepted));
        Assert.Equal([MessageClass.Informational, MessageClass.Marketing], cap.Counted);
        Assert.Contains("FR", cap.Places.Countries);
        Assert.DoesNotContain("US", cap.Places.Countries);
        Assert.DoesNotContain("JP", cap.Places.Countries);
    }

    [Fact]
    public void A_state_of_the_address_caps_marketing_by_its_own_row()
    {
        var caps = StandingCap.Of(new PolicyVersion { Preset = PolicyPreset.Statute }, MessageClass.Marketing, Noon);

        Assert.Equal(["ME"], caps.Single(cap => cap.Period == TimeSpan.FromHours(8)).Places!.StatesOfUs);
        Assert.DoesNotContain(caps, cap => cap.Places is { AreExcepted: false, StatesOfUs: var states } && states.Contains("FL"));
    }

    [Fact]
    public void Caps_by_subject_stand_where_the_policy_counts_every_subject()
    {
        var caps = StandingCap.Of(new PolicyVersion { Preset = PolicyPreset.Statute, CapsIgnoreSubject = true }, MessageClass.Marketing, Noon);

        // Oregon's is lifted by dealings, which only the person's record tells.
        Assert.Contains(caps, cap => cap.Places!.StatesOfUs is ["FL", "MD", "OK"]);
    }

    [Fact]
    public void Caps_of_the_house_reach_everybody_and_texts_without_caps_nobody()
    {
        var policy = new PolicyVersion { Preset = PolicyPreset.Statute, Caps = [new HouseCap(5, TimeSpan.FromDays(7))] };

        Assert.Contains(StandingCap.Of(policy, MessageClass.Informational, Noon), cap => cap is { Count: 5, Places: null });
        Assert.Empty(StandingCap.Of(policy, MessageClass.Transactional, Noon));
    }
}
