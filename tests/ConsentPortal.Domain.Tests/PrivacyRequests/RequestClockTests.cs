using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Domain.Tests.PrivacyRequests;

public sealed class RequestClockTests
{
    [Fact]
    [Trait("Rule", "EU-07")]
    [Trait("Rule", "C-09")]
    public void Case_47_a_month_from_31_January_ends_on_28_February_and_rolls_past_the_weekend()
    {
        var due = For(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, "2027-01-31");

        Assert.Equal(Day("2027-03-01"), due.DueOn);
        Assert.Equal(Day("2027-02-28"), due.DueInternallyOn);
        Assert.Equal(Day("2027-04-30"), due.LatestIfExtended);
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public void A_month_never_ends_on_Christmas_Day() =>
        Assert.Equal(Day("2026-12-28"), For(PrivacyRegime.Gdpr, PrivacyRequestKind.Erasure, "2026-11-25").DueOn);

    [Fact]
    [Trait("Rule", "UK-02")]
    public void A_British_month_rolls_past_the_holidays_of_every_nation()
    {
        Assert.Equal(Day("2026-12-29"), For(PrivacyRegime.UkGdpr, PrivacyRequestKind.Erasure, "2026-11-25").DueOn);
        // Easter Monday is no holiday in Scotland, so it does not make the last day later.
        Assert.Equal(Day("2027-03-29"), For(PrivacyRegime.UkGdpr, PrivacyRequestKind.Erasure, "2027-02-28").DueOn);
    }

    [Fact]
    [Trait("Rule", "CA-02")]
    [Trait("Rule", "CA-03")]
    public void Case_48_California_wants_receipt_confirmed_in_10_business_days_and_an_answer_in_45_days()
    {
        var due = For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, "2026-11-23");

        Assert.Equal(Day("2026-12-08"), due.AcknowledgeBy);
        Assert.Equal(Day("2027-01-07"), due.DueOn);
        Assert.Equal(Day("2027-02-21"), due.LatestIfExtended);
    }

    [Fact]
    public void California_wants_an_opt_out_in_15_business_days_and_knows_no_extension()
    {
        var due = For(PrivacyRegime.Ccpa, PrivacyRequestKind.OptOutOfSale, "2026-11-23");

        Assert.Equal(Day("2026-12-15"), due.DueOn);
        Assert.Equal(Day("2026-12-14"), due.DueInternallyOn);
        Assert.Equal(due.DueOn, due.LatestIfExtended);
        Assert.Null(due.AcknowledgeBy);
    }

    [Theory]
    [Trait("Rule", "CA-04")]
    [InlineData(PrivacyRequestKind.Restriction)]
    [InlineData(PrivacyRequestKind.Objection)]
    [InlineData(PrivacyRequestKind.Withdrawal)]
    public void California_wants_a_limit_and_every_other_stop_as_soon_as_an_opt_out(PrivacyRequestKind kind) =>
        Assert.Equal(For(PrivacyRegime.Ccpa, PrivacyRequestKind.OptOutOfSale, "2026-11-23"), For(PrivacyRegime.Ccpa, kind, "2026-11-23"));

    [Fact]
    [Trait("Rule", "CA-03")]
    public void Case_49_verification_does_not_stop_California_s_clock() =>
        Assert.True(For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, "2026-11-23", Event(ClockEventKind.Paused, "2026-11-24"), Event(ClockEventKind.Resumed, "2027-01-20")).DueOn < Day("2026-11-23").AddDays(46));

    [Fact]
    public void Case_52_Brazil_wants_the_full_declaration_in_15_days() => Assert.Equal(Day("2026-12-08"), For(PrivacyRegime.Lgpd, PrivacyRequestKind.Access, "2026-11-23").DueOn);

    [Fact]
    public void Canada_wants_an_answer_in_30_days() => Assert.Equal(Day("2026-12-23"), For(PrivacyRegime.Pipeda, PrivacyRequestKind.Access, "2026-11-23").DueOn);

    [Theory]
    [InlineData(PrivacyRegime.Lgpd, "2026-12-08")]
    [InlineData(PrivacyRegime.Pipeda, "2027-01-22")]
    [InlineData(PrivacyRegime.Other, "2026-12-23")]
    public void Canada_gives_as_long_again_and_Brazil_no_more_time(PrivacyRegime regime, string latest)
    {
        Assert.Equal(Day(latest), For(regime, PrivacyRequestKind.Access, "2026-11-23").LatestIfExtended);
        Assert.Equal(Day(latest), For(regime, PrivacyRequestKind.Access, "2026-11-23", Event(ClockEventKind.Extended, "2026-11-24")).DueOn);
    }

    [Fact]
    [Trait("Rule", "EU-07")]
    public void With_more_time_our_own_target_is_three_months_and_rolls_past_no_weekend()
    {
        var due = For(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, "2026-11-28", Event(ClockEventKind.Extended, "2026-12-01"));

        Assert.Equal((Day("2027-02-28"), Day("2027-03-01")), (due.DueInternallyOn, due.DueOn));
    }

    [Fact]
    [Trait("Rule", "UK-02")]
    public void The_days_that_stood_are_added_to_more_time_too()
    {
        var due = For(
            PrivacyRegime.UkGdpr, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.Paused, "2026-03-10"), Event(ClockEventKind.Resumed, "2026-03-15"), Event(ClockEventKind.Extended, "2026-03-20"));

        Assert.Equal((Day("2026-06-07"), Day("2026-06-08")), (due.DueInternallyOn, due.DueOn));
    }

    [Fact]
    [Trait("Rule", "UK-02")]
    public void Two_pauses_add_up_and_a_second_question_in_one_does_not_begin_it_anew() => Assert.Equal(
        Day("2026-04-09"),
        For(
            PrivacyRegime.UkGdpr, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.Paused, "2026-03-10"), Event(ClockEventKind.Paused, "2026-03-12"), Event(ClockEventKind.Resumed, "2026-03-15"),
            Event(ClockEventKind.Paused, "2026-03-20"), Event(ClockEventKind.Resumed, "2026-03-22")).DueOn);

    [Fact]
    [Trait("Rule", "UK-02")]
    public void The_British_clock_stands_while_the_person_is_asked_to_make_it_clear()
    {
        var due = For(PrivacyRegime.UkGdpr, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.Paused, "2026-03-10"), Event(ClockEventKind.Resumed, "2026-03-15"));

        Assert.Equal(Day("2026-04-07"), due.DueOn);
        Assert.Equal(Day("2026-04-02"), For(PrivacyRegime.UkGdpr, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.Paused, "2026-03-10")).DueOn);
    }

    [Theory]
    [Trait("Rule", "UK-02")]
    [InlineData(PrivacyRegime.UkGdpr, "2026-04-15")]
    [InlineData(PrivacyRegime.Gdpr, "2026-04-02")]
    public void Only_the_British_clock_starts_when_the_person_has_shown_who_they_are(PrivacyRegime regime, string due) =>
        Assert.Equal(Day(due), For(regime, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.IdentityAsked, "2026-03-03"), Event(ClockEventKind.IdentityShown, "2026-03-15")).DueOn);

    [Fact]
    [Trait("Rule", "UK-02")]
    public void Days_that_stand_before_the_clock_has_started_are_not_counted_twice() => Assert.Equal(
        Day("2026-04-20"),
        For(
            PrivacyRegime.UkGdpr, PrivacyRequestKind.Access, "2026-03-02", Event(ClockEventKind.Paused, "2026-03-10"), Event(ClockEventKind.IdentityAsked, "2026-03-11"),
            Event(ClockEventKind.IdentityShown, "2026-03-15"), Event(ClockEventKind.Resumed, "2026-03-20")).DueOn);

    [Fact]
    [Trait("Rule", "CA-03")]
    public void An_extension_counts_only_if_it_was_told_in_time()
    {
        Assert.Equal(Day("2027-02-21"), For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, "2026-11-23", Event(ClockEventKind.Extended, "2027-01-07")).DueOn);
        Assert.Equal(Day("2027-01-07"), For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, "2026-11-23", Event(ClockEventKind.Extended, "2027-01-08")).DueOn);
    }

    [Theory]
    [Trait("Rule", "C-09")]
    [Trait("Rule", "EU-07")]
    [InlineData("2027-01-27", "2027-02-27", "2027-03-01")]
    [InlineData("2027-01-28", "2027-02-28", "2027-03-01")]
    [InlineData("2027-01-29", "2027-02-28", "2027-03-01")]
    [InlineData("2027-02-01", "2027-03-01", "2027-03-01")]
    [InlineData("2028-01-30", "2028-02-29", "2028-02-29")]
    [InlineData("2026-08-31", "2026-09-30", "2026-09-30")]
    public void A_month_ends_on_the_same_day_or_the_last_one_of_a_shorter_month(string received, string internally, string due)
    {
        var deadlines = For(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, received);
        Assert.Equal((Day(internally), Day(due)), (deadlines.DueInternallyOn, deadlines.DueOn));
    }

    [Theory]
    [Trait("Rule", "EU-07")]
    // The month ends on Friday 1 January, a holiday, hence on Monday the 4th.
    [InlineData("2027-01-03", "2027-03-01")]
    [InlineData("2027-01-04", "2027-03-01")]
    [InlineData("2027-01-05", "2027-01-04")]
    public void More_time_counts_if_the_person_is_told_by_the_last_day(string told, string due) =>
        Assert.Equal(Day(due), For(PrivacyRegime.Gdpr, PrivacyRequestKind.Access, "2026-12-01", Event(ClockEventKind.Extended, told)).DueOn);

    [Theory]
    [Trait("Rule", "CA-02")]
    [Trait("Rule", "CA-04")]
    [InlineData("2026-11-20", "2026-12-07", "2026-12-14")]
    [InlineData("2026-11-21", "2026-12-07", "2026-12-14")]
    [InlineData("2026-11-22", "2026-12-07", "2026-12-14")]
    [InlineData("2026-11-23", "2026-12-08", "2026-12-15")]
    public void Business_days_begin_on_the_day_after_receipt(string received, string acknowledge, string optOut)
    {
        Assert.Equal(Day(acknowledge), For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, received).AcknowledgeBy);
        Assert.Equal(Day(optOut), For(PrivacyRegime.Ccpa, PrivacyRequestKind.OptOutOfSale, received).DueOn);
    }

    [Theory]
    [Trait("Rule", "N-01")]
    [InlineData(null, "US", PrivacyRegime.Ccpa)]
    [InlineData(null, "GB", PrivacyRegime.UkGdpr)]
    [InlineData(null, "JE", PrivacyRegime.UkGdpr)]
    [InlineData("IM", null, PrivacyRegime.UkGdpr)]
    [InlineData(null, "NO", PrivacyRegime.Gdpr)]
    [InlineData(null, "BR", PrivacyRegime.Lgpd)]
    [InlineData(null, "CA", PrivacyRegime.Pipeda)]
    [InlineData(null, "JP", PrivacyRegime.Other)]
    [InlineData(null, null, PrivacyRegime.Other)]
    public void The_law_follows_the_place_that_is_known(string? declared, string? number, PrivacyRegime expected) =>
        Assert.Equal(expected, PrivacyRegimes.Suggest(declared, number, PrivacyRequestKind.Access, Day("2026-11-24")));

    [Fact]
    [Trait("Rule", "N-01")]
    public void The_regulation_holds_in_each_member_state_and_in_the_three_that_apply_it_as_members_of_the_eea()
    {
        const string members = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE";

        Assert.Equal(27, members.Split(' ').Length);
        Assert.All([.. members.Split(' '), "IS", "LI", "NO"], country => Assert.Equal(PrivacyRegime.Gdpr, PrivacyRegimes.Suggest(country, country, PrivacyRequestKind.Access, Day("2026-11-24"))));
    }

    [Theory]
    [Trait("Rule", "N-02")]
    [Trait("Rule", "C-06")]
    [InlineData("DE", "US", PrivacyRequestKind.Access, PrivacyRegime.Gdpr)]
    [InlineData("US", "DE", PrivacyRequestKind.Access, PrivacyRegime.Gdpr)]
    [InlineData("DE", "US", PrivacyRequestKind.OptOutOfSale, PrivacyRegime.Ccpa)]
    [InlineData("US", "BR", PrivacyRequestKind.Erasure, PrivacyRegime.Lgpd)]
    [InlineData("GB", "DE", PrivacyRequestKind.Access, PrivacyRegime.UkGdpr)]
    public void Of_two_places_the_law_counts_that_wants_the_earlier_answer(string declared, string number, PrivacyRequestKind kind, PrivacyRegime expected) =>
        Assert.Equal(expected, PrivacyRegimes.Suggest(declared, number, kind, Day("2026-11-24")));

    [Theory]
    [InlineData("2027-01-01", "2027-01-31")]
    [InlineData("2027-02-01", "2027-03-01")]
    [InlineData("2027-04-01", "2027-05-01")]
    public void Where_no_law_is_known_the_answer_is_due_within_a_month_and_within_30_days(string received, string due) =>
        Assert.Equal(Day(due), For(PrivacyRegime.Other, PrivacyRequestKind.Access, received).DueOn);

    private static RequestDeadlines For(PrivacyRegime regime, PrivacyRequestKind kind, string received, params ClockEvent[] events) => RequestClock.For(regime, kind, Day(received), events);

    private static ClockEvent Event(ClockEventKind kind, string on) => new(kind, Day(on));

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
