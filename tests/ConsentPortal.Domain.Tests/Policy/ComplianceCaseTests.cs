using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>The cases that the rules were written against, by their numbers; instants are UTC.</summary>
public sealed class ComplianceCaseTests
{
    private const string Noon = "2026-11-24T17:00:00Z";

    [Fact]
    public void Case_01_an_early_text_to_New_York_waits_for_eight_after_daylight_saving_has_ended()
    {
        var waits = Assert.IsType<SendDecision.Defer>(Decide(Marketing(NewYork), "2026-11-01T12:30:00Z"));
        Assert.Equal(At("2026-11-01T13:00:00Z"), waits.Until);
    }

    [Fact]
    public void Case_03_half_past_eight_in_the_evening_is_too_late_in_Florida()
    {
        var waits = Assert.IsType<SendDecision.Defer>(Decide(Marketing(Miami), "2026-11-24T01:30:00Z"));
        Assert.Equal((At("2026-11-24T13:00:00Z"), "ST-FL"), (waits.Until, waits.Deciding!.Value.Rule.Id));
    }

    [Theory]
    [Trait("Rule", "C-03")]
    [InlineData("2026-11-25T00:59:59.999Z", DecisionKind.Allow)]
    [InlineData("2026-11-25T01:00:00.000Z", DecisionKind.Defer)]
    public void Case_05_eight_in_the_evening_exactly_is_outside_in_Florida(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(Miami), at).Kind);

    [Theory]
    [Trait("Rule", "C-03")]
    [InlineData("2026-11-24T12:59:59.999Z", DecisionKind.Defer)]
    [InlineData("2026-11-24T13:00:00.000Z", DecisionKind.Allow)]
    public void Case_06_eight_in_the_morning_exactly_is_inside_in_Florida(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(Miami), at).Kind);

    [Theory]
    [InlineData(null, DecisionKind.Defer)]
    [InlineData("2025-06-24T12:00:00Z", DecisionKind.Allow)]
    public void Case_08_a_fourth_text_in_a_day_to_Oregon_needs_a_purchase(string? purchase, DecisionKind kind)
    {
        var sends = Enumerable.Range(1, 3).Select(i => new RecentSend(At("2026-11-24T20:00:00Z").AddHours(-i), MessageClass.Marketing, "boots")).ToArray();
        var facts = Marketing(Portland) with { RecentSends = sends, Subject = "boots", PurchaseAt = purchase is null ? null : At(purchase) };
        Assert.Equal(kind, Decide(facts, "2026-11-24T20:00:00Z").Kind);
    }

    [Theory]
    [InlineData("2026-11-29T17:59:00Z", DecisionKind.Defer)]
    [InlineData("2026-11-29T18:00:00Z", DecisionKind.Allow)]
    public void Case_09_on_Sundays_Texas_opens_at_noon(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(Dallas), at).Kind);

    [Theory]
    [InlineData("2026-11-24T13:30:00Z", DecisionKind.Defer)]
    [InlineData("2026-11-24T14:00:00Z", DecisionKind.Allow)]
    [InlineData("2026-11-25T01:00:00Z", DecisionKind.Defer)]
    public void Case_11_Connecticut_is_open_from_nine_to_eight(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(Hartford), at).Kind);

    [Theory]
    [InlineData(PolicyPreset.Statute)]
    [InlineData(PolicyPreset.SafeUs)]
    public void Case_13_Sunday_noon_in_Utah_is_allowed_with_written_consent(PolicyPreset preset) =>
        Assert.Equal(DecisionKind.Allow, Decide(Marketing(SaltLake), "2026-11-29T19:00:00Z", Statute with { Preset = preset }).Kind);

    [Theory]
    [InlineData("2026-11-25T00:30:00Z", DecisionKind.Allow)]
    [InlineData("2026-11-25T01:30:00Z", DecisionKind.Defer)]
    public void Case_15_an_area_code_in_two_zones_is_judged_on_both_clocks(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(FloridaPanhandle), at).Kind);

    [Theory]
    [InlineData("+18002255288")]
    [InlineData("+19004561234")]
    public void Case_18_toll_free_and_premium_lines_are_blocked(string to) => Blocked(Marketing(to), Noon, SendReason.LineType);

    [Fact]
    public void Case_19_a_number_for_films_is_nobodys() => Blocked(Marketing("+12025550123"), Noon, SendReason.FakeRange);

    [Theory]
    [Trait("Rule", "P-06")]
    [InlineData(MessageClass.Marketing, DecisionKind.Hold)]
    [InlineData(MessageClass.Informational, DecisionKind.Allow)]
    [InlineData(MessageClass.Transactional, DecisionKind.Allow)]
    [InlineData(MessageClass.Emergency, DecisionKind.Allow)]
    public void Marketing_alone_waits_where_texts_fail_again_and_again(MessageClass messageClass, DecisionKind kind)
    {
        var facts = Marketing(NewYork) with { MessageClass = messageClass, IsNumberSuspect = true, Body = new MessageBody("Aurora: your order is ready. Reply STOP to opt out.") };

        var decision = Decide(facts, Noon);

        Assert.Equal(kind, decision.Kind);
        Assert.Equal(messageClass == MessageClass.Emergency ? [] : ["P-06"], decision.Findings.Where(f => f.Reason == SendReason.SuspectNumber).Select(f => f.Rule.Id));
    }

    [Theory]
    [Trait("Rule", "P-06")]
    [InlineData(AnswerKind.OptOutConfirmation)]
    [InlineData(AnswerKind.Help)]
    [InlineData(AnswerKind.OneTimeCode)]
    [InlineData(AnswerKind.DoubleOptInPrompt)]
    public void Whoever_writes_from_a_number_that_failed_is_answered(AnswerKind answer)
    {
        var facts = Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, IsNumberSuspect = true, Body = new MessageBody("Aurora: here you are."), Answers = new InboundAnswer(answer, At(Noon)),
        };

        var decision = Decide(facts, Noon);

        Assert.Equal(DecisionKind.Allow, decision.Kind);
        Assert.DoesNotContain(decision.Findings, f => f.Reason == SendReason.SuspectNumber);
    }

    [Fact]
    public void Case_21_a_box_that_was_ticked_already_is_no_consent() =>
        Blocked(Marketing(NewYork) with { Consent = Written with { Method = CaptureMethod.PrecheckedBox } }, Noon, SendReason.NoConsent);

    [Theory]
    [InlineData(300, DecisionKind.Allow)]
    [InlineData(301, DecisionKind.Block)]
    public void Case_28_the_confirmation_of_a_stop_has_three_hundred_seconds(int seconds, DecisionKind kind)
    {
        var facts = Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, Suppression = SuppressionScope.All, Body = new MessageBody("Aurora: you are unsubscribed."),
            Answers = new InboundAnswer(AnswerKind.OptOutConfirmation, At(Noon)),
        };
        Assert.Equal(kind, SendPolicy.Evaluate(facts, Statute, At(Noon).AddSeconds(seconds)).Kind);
    }

    /// <summary>A code is owed to whoever holds the number, also after a stop and for data that has no consent; a prompt to join is not.</summary>
    [Theory]
    [InlineData(AnswerKind.OneTimeCode, DecisionKind.Allow)]
    [InlineData(AnswerKind.DoubleOptInPrompt, DecisionKind.Block)]
    [InlineData(AnswerKind.OptInConfirmation, DecisionKind.Block)]
    public void A_stop_holds_every_text_but_a_code_that_was_asked_for(AnswerKind answer, DecisionKind kind)
    {
        var facts = Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, Suppression = SuppressionScope.All, Consent = null,
            Body = new MessageBody("Aurora: your code for your text preferences is 123456. It is valid for 10 minutes. Give it to nobody. If you did not ask for it, ignore this text."),
            Answers = new InboundAnswer(answer, At(Noon)),
        };
        Assert.Equal(kind, SendPolicy.Evaluate(facts, Statute, At(Noon)).Kind);
    }

    [Theory]
    [Trait("Rule", "EU-13")]
    [InlineData(AnswerKind.OneTimeCode, DecisionKind.Allow)]
    [InlineData(AnswerKind.Help, DecisionKind.Block)]
    public void Of_restricted_data_only_a_code_that_the_person_asked_for_is_texted(AnswerKind answer, DecisionKind kind)
    {
        var facts = Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, IsRestricted = true, Consent = null,
            Body = new MessageBody("Aurora: your code for your text preferences is 123456. It is valid for 10 minutes. Give it to nobody. If you did not ask for it, ignore this text."),
            Answers = new InboundAnswer(answer, At(Noon)),
        };
        Assert.Equal(kind, SendPolicy.Evaluate(facts, Statute, At(Noon)).Kind);
    }

    [Fact]
    [Trait("Rule", "C-10")]
    public void Case_34_a_stop_between_planning_and_sending_wins() => Blocked(Marketing(NewYork) with { Suppression = SuppressionScope.All }, Noon, SendReason.Suppressed);

    [Fact]
    public void Case_37_a_register_that_was_asked_32_days_ago_lets_nothing_through_without_written_consent()
    {
        var spoken = Marketing(NewYork) with
        {
            Consent = Written with { Level = ConsentLevel.Express }, PurchaseAt = At("2026-11-01T00:00:00Z"), Dnc = new DncCheck(true, At(Noon).AddDays(-32)),
        };

        Blocked(spoken, Noon, SendReason.DncStale);
    }

    [Theory]
    [InlineData("2024-11-24T12:00:00Z", DecisionKind.Allow)]
    [InlineData("2024-11-22T12:00:00Z", DecisionKind.Block)]
    public void Case_38_implied_consent_in_Canada_lasts_two_years_from_the_purchase(string purchase, DecisionKind kind)
    {
        var implied = new SendConsent
        {
            State = ConsentStatus.Granted, Level = ConsentLevel.Implied, Method = CaptureMethod.Import, Brand = "Aurora", ImpliedFrom = new ImpliedFrom(ImpliedKind.Purchase, At(purchase)),
        };
        var facts = Marketing(Toronto) with { Consent = implied, Body = new MessageBody("Aurora: new boots are in. 1 King St, Toronto, aurora.example/help. Reply STOP to opt out.") };
        Assert.Equal(kind, Decide(facts, "2026-11-23T17:00:00Z").Kind);
    }

    [Theory]
    [InlineData("2026-11-24T19:00:00Z", DecisionKind.Defer)]
    [InlineData("2026-11-24T06:59:59Z", DecisionKind.Defer)]
    [InlineData("2026-11-24T07:00:00Z", DecisionKind.Allow)]
    public void Case_42_France_is_closed_in_the_evening_and_before_its_morning(string at, DecisionKind kind) => Assert.Equal(kind, Decide(French(), at).Kind);

    [Theory]
    [InlineData("2026-11-24T04:30:00Z", DecisionKind.Allow)]
    [InlineData("2026-11-24T15:30:00Z", DecisionKind.Defer)]
    [InlineData("2026-11-24T04:29:00Z", DecisionKind.Defer)]
    public void Case_44_promotions_in_India_go_from_ten_to_nine(string at, DecisionKind kind) => Assert.Equal(kind, Decide(Marketing(Mumbai), at).Kind);

    [Theory]
    [InlineData(DoubleOptIn.None, DecisionKind.Block)]
    [InlineData(DoubleOptIn.Email, DecisionKind.Block)]
    [InlineData(DoubleOptIn.Sms, DecisionKind.Allow)]
    public void Case_45_Germany_accepts_only_a_confirmation_over_the_number_itself(DoubleOptIn by, DecisionKind kind) =>
        Assert.Equal(kind, Decide(Marketing(Berlin) with { Consent = Written with { DoubleOptInBy = by } }, "2026-11-24T12:00:00Z").Kind);

    [Fact]
    public void Case_55_a_public_shortener_is_blocked_in_the_US() =>
        Blocked(Marketing(NewYork) with { Body = new MessageBody("Aurora: see bit.ly/x Reply STOP to opt out.") }, Noon, SendReason.Shortener);

    [Fact]
    public void Case_56_a_discount_makes_an_order_update_marketing()
    {
        var facts = Marketing(NewYork) with
        {
            MessageClass = MessageClass.Transactional, Consent = Written with { Level = ConsentLevel.Express },
            Body = new MessageBody("Aurora: your order shipped! 20% off your next order. Reply STOP to opt out."),
        };
        Blocked(facts, Noon, SendReason.NoWrittenConsent);
        Assert.Equal(MessageClass.Marketing, Decide(facts, Noon).EffectiveClass);
    }

    [Fact]
    public void Case_58_a_weekly_reader_waits_until_seven_days_are_over()
    {
        var last = At(Noon).AddDays(-7).AddHours(1);
        var facts = Marketing(NewYork) with { Frequency = FrequencyPreference.Weekly, RecentSends = [new RecentSend(last, MessageClass.Marketing)] };
        var waits = Assert.IsType<SendDecision.Defer>(Decide(facts, Noon));
        Assert.Equal(last.AddDays(7), waits.Until);
    }

    [Fact]
    [Trait("Rule", "C-11")]
    public void A_text_with_everything_in_order_is_allowed_and_names_its_consent()
    {
        var decision = Decide(Marketing(NewYork), Noon);
        Assert.IsType<SendDecision.Allow>(decision);
        Assert.Equal(7, decision.ConsentEventId);
        Assert.Equal(15, decision.Gates.Count);
    }

    private static SendFacts French() => Marketing(Paris) with { Body = new MessageBody("Aurora: nouvelles bottes. STOP au +33612345678 pour arrêter.") };

    private static void Blocked(SendFacts facts, string at, SendReason reason)
    {
        var decision = Decide(facts, at);
        Assert.Equal(DecisionKind.Block, decision.Kind);
        Assert.Contains(decision.Findings, f => f.Reason == reason && f.Outcome == GateOutcome.Block);
    }
}
