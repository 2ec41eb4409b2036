using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using CsCheck;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>A campaign's start and hours by the clock of each person.</summary>
public sealed class SendTimingTests
{
    private static readonly SendTiming AtTen = new(new DateTime(2026, 11, 25, 10, 0, 0), null);
    private static readonly SendTiming MorningHours = new(null, new SendingHours(10, 12));

    [Theory]
    [InlineData(NewYork, "2026-11-25T15:00:00Z")]
    [InlineData(Dallas, "2026-11-25T16:00:00Z")]
    [InlineData(Berlin, "2026-11-25T09:00:00Z")]
    [InlineData(Mumbai, "2026-11-25T04:30:00Z")]
    public void A_local_start_comes_to_each_person_at_that_time_of_their_own_clock(string number, string start)
    {
        var facts = Marketing(number) with { Timing = AtTen };

        var waits = Assert.IsType<SendDecision.Defer>(Decide(facts, "2026-11-24T20:00:00Z"));

        Assert.Equal(At(start), waits.Until);
        Assert.DoesNotContain(SendPolicy.Evaluate(facts, Statute, At(start)).Findings, f => f.Rule.Id == "P-05");
        Assert.Contains(SendPolicy.Evaluate(facts, Statute, At(start).AddTicks(-1)).Findings, f => f.Reason == SendReason.LocalStart);
    }

    /// <summary>In New York clocks go forward on 8 March and back on 1 November 2026, in Berlin on 29 March and 25 October.</summary>
    [Theory]
    [InlineData(NewYork, "2026-03-08T02:30:00", "2026-03-08T07:00:00Z")]
    [InlineData(NewYork, "2026-03-08T10:00:00", "2026-03-08T14:00:00Z")]
    [InlineData(NewYork, "2026-11-01T01:30:00", "2026-11-01T05:30:00Z")]
    [InlineData(NewYork, "2026-11-01T10:00:00", "2026-11-01T15:00:00Z")]
    [InlineData(Berlin, "2026-03-29T10:00:00", "2026-03-29T08:00:00Z")]
    [InlineData(Berlin, "2026-10-25T10:00:00", "2026-10-25T09:00:00Z")]
    public void A_local_start_on_the_day_of_a_change_of_clocks_goes_by_the_clock_of_that_hour(string number, string wallClock, string start)
    {
        // An alarm knows no hours, so that only the campaign's own wish speaks.
        var facts = Alarm(number) with { Timing = new SendTiming(DateTime.Parse(wallClock, System.Globalization.CultureInfo.InvariantCulture), null) };

        Assert.IsType<SendDecision.Allow>(SendPolicy.Evaluate(facts, Statute, At(start)));
        Assert.Equal(At(start), Assert.IsType<SendDecision.Defer>(SendPolicy.Evaluate(facts, Statute, At(start).AddSeconds(-1))).Until);
    }

    /// <summary>The Florida panhandle has numbers of the Eastern and of the Central zone.</summary>
    [Fact]
    public void Where_a_phone_may_be_in_two_zones_both_have_to_have_come_to_it()
    {
        var start = Alarm(FloridaPanhandle) with { Timing = AtTen };
        var hours = Alarm(FloridaPanhandle) with { Timing = MorningHours };

        Assert.IsType<SendDecision.Defer>(Decide(start, "2026-11-25T15:59:59Z"));
        Assert.IsType<SendDecision.Allow>(Decide(start, "2026-11-25T16:00:00Z"));
        Assert.Equal(At("2026-11-25T16:00:00Z"), Assert.IsType<SendDecision.Defer>(Decide(hours, "2026-11-25T15:30:00Z")).Until);
        Assert.IsType<SendDecision.Allow>(Decide(hours, "2026-11-25T16:59:59Z"));
        Assert.Equal(At("2026-11-26T16:00:00Z"), Assert.IsType<SendDecision.Defer>(Decide(hours, "2026-11-25T17:00:00Z")).Until);
        Assert.IsType<SendDecision.Allow>(Decide(start with { DeclaredZone = "America/New_York" }, "2026-11-25T15:00:00Z"));
    }

    [Fact]
    public void Hours_without_a_common_moment_of_the_possible_zones_need_a_person()
    {
        var facts = Alarm(FloridaPanhandle) with { Timing = new SendTiming(null, new SendingHours(10, 11)) };

        Assert.IsType<SendDecision.Hold>(Decide(facts, "2026-11-25T15:30:00Z"));
    }

    [Fact]
    public void Where_nobody_knows_the_zone_a_person_decides_instead_of_a_guess()
    {
        var facts = Alarm("+88213300000") with { To = Recipient.Of("+12"), Timing = AtTen };

        Assert.Contains(Decide(facts, "2026-11-25T15:30:00Z").Findings, f => f is { Reason: SendReason.ZoneUnknown, Outcome: GateOutcome.Hold });
        Assert.DoesNotContain(Decide(facts with { Timing = null }, "2026-11-25T15:30:00Z").Findings, f => f.Reason == SendReason.ZoneUnknown);
    }

    [Fact]
    public void The_end_of_the_hours_is_outside_and_the_next_day_opens_them_again()
    {
        var facts = Marketing(NewYork) with { Timing = MorningHours };

        Assert.IsType<SendDecision.Allow>(Decide(facts, "2026-11-25T16:59:59Z"));
        Assert.Equal(At("2026-11-26T15:00:00Z"), Assert.IsType<SendDecision.Defer>(Decide(facts, "2026-11-25T17:00:00Z")).Until);
    }

    /// <summary>Whatever the campaign wants, the rules' own hours hold: nobody is texted at two in the night because it was asked for.</summary>
    [Fact]
    public void A_start_within_quiet_hours_waits_for_their_end()
    {
        var facts = Marketing(NewYork) with { Timing = new SendTiming(new DateTime(2026, 11, 25, 2, 0, 0), new SendingHours(0, 24)) };

        var waits = Assert.IsType<SendDecision.Defer>(Decide(facts, "2026-11-25T07:30:00Z"));

        Assert.Equal(SendReason.QuietHours, waits.Reason);
        Assert.Equal(At("2026-11-25T13:00:00Z"), waits.Until);
    }

    [Fact]
    public void A_text_deferred_for_the_campaign_passes_at_that_instant_and_not_a_second_earlier() => (
        from to in Gen.OneOf(NewYork, Miami, Portland, FloridaPanhandle, Paris, Berlin, Mumbai, "+61412345678")
        from minutes in Gen.Int[0, 60 * 24 * 365]
        from start in Gen.Int[-48, 60]
        from hour in Gen.Int[0, 22]
        from length in Gen.Int[1, 24]
        from parts in Gen.Int[1, 3]
        let at = At("2026-01-01T00:00:00Z").AddMinutes(minutes)
        let timing = new SendTiming((parts & 1) == 0 ? null : at.UtcDateTime.Date.AddHours(start), (parts & 2) == 0 ? null : new SendingHours(hour, Math.Min(24, hour + length)))
        select (Facts: Marketing(to) with { Timing = timing, Dnc = null, Body = new MessageBody("Aurora: new boots. STOP +33612345678"), Consent = Written with { GrantedAt = At("2025-06-01T00:00:00Z") } }, At: at)).Sample(
        q =>
        {
            if (SendPolicy.Evaluate(q.Facts, Statute, q.At) is not SendDecision.Defer waits)
                return;
            Assert.DoesNotContain(SendPolicy.Evaluate(q.Facts, Statute, waits.Until).Findings, f => f.Outcome == GateOutcome.Defer);
            Assert.Contains(SendPolicy.Evaluate(q.Facts, Statute, waits.Until.AddSeconds(-1)).Findings, f => f.Outcome == GateOutcome.Defer);
        },
        iter: 1_000);

    [Fact]
    public void Some_clock_on_earth_shows_the_wall_clock_time_first_at_the_start()
    {
        var wallClock = new DateTime(2026, 11, 25, 10, 0, 0);

        Assert.Equal(At("2026-11-24T20:00:00Z"), SendTiming.FirstInstantOf(wallClock));
        Assert.Equal(wallClock, SendTiming.WallClockOf(At("2026-11-24T20:00:00Z")));
        Assert.IsType<SendDecision.Allow>(Decide(Alarm(NewYork) with { DeclaredZone = "Pacific/Kiritimati", Timing = AtTen }, "2026-11-24T20:00:00Z"));
    }

    [Fact]
    public void Shut_hours_are_those_of_the_campaign_too()
    {
        var closed = new ClosedHours(Statute, At("2026-11-25T00:00:00Z"));
        closed.Add(Marketing(NewYork) with { Timing = MorningHours });
        closed.Add(Marketing(Dallas) with { Timing = MorningHours });

        var shut = closed.Between(At("2026-11-25T14:00:00Z"), At("2026-11-25T19:00:00Z")).Select(hour => (hour.Start.Hour, hour.People));

        Assert.Equal([(14, 2), (15, 1), (17, 1), (18, 2)], shut);
    }

    private static SendFacts Alarm(string number) => Marketing(number) with { MessageClass = MessageClass.Emergency, Body = new MessageBody("Aurora: the dam has broken.") };
}
