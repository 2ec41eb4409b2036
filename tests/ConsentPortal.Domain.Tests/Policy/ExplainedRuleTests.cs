using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Policy;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>The rules that the book only explains, held against the code that carries them out, on both sides of what they say.</summary>
public sealed class ExplainedRuleTests
{
    private const string Noon = "2026-11-24T17:00:00Z";

    private static readonly Gate[] TimeGates = [Gate.BarredDay, Gate.Window, Gate.Caps];

    [Theory]
    [Trait("Rule", "AU-02")]
    [InlineData("2026-11-23", "2026-11-27", "2026-11-27")]
    [InlineData("2026-11-24", "2026-11-30", "2026-11-30")]
    [InlineData("2026-11-27", "2026-12-03", "2026-12-03")]
    // A weekend is no first day; Monday is.
    [InlineData("2026-11-28", "2026-12-04", "2026-12-04")]
    [InlineData("2026-11-29", "2026-12-04", "2026-12-04")]
    // Christmas on a Friday moves Boxing Day to the Monday.
    [InlineData("2026-12-22", "2026-12-28", "2026-12-30")]
    public void In_Australia_the_day_of_the_request_is_the_first_of_five_business_days(string said, string conservative, string statutory) =>
        Assert.Equal(new OptOutDeadline(Day(conservative), Day(statutory)), OptOutDeadline.For("AU", Day(said)));

    [Theory]
    [Trait("Rule", "US-15")]
    [Trait("Rule", "C-08")]
    // The day after is the first, Thanksgiving is none, and a weekend begins to count on Monday.
    [InlineData("2026-11-19", "2026-12-03", "2026-12-04")]
    [InlineData("2026-11-20", "2026-12-04", "2026-12-07")]
    [InlineData("2026-11-21", "2026-12-04", "2026-12-07")]
    [InlineData("2026-11-22", "2026-12-04", "2026-12-07")]
    [InlineData("2026-11-25", "2026-12-09", "2026-12-10")]
    [InlineData("2026-11-26", "2026-12-10", "2026-12-10")]
    public void In_the_US_a_stop_is_due_on_the_tenth_business_day(string said, string conservative, string statutory) =>
        Assert.Equal(new OptOutDeadline(Day(conservative), Day(statutory)), OptOutDeadline.For("US", Day(said)));

    [Theory]
    [Trait("Rule", "CASL-07")]
    [InlineData("2026-11-09", "2026-11-23", "2026-11-24")]
    [InlineData("2026-11-11", "2026-11-25", "2026-11-25")]
    public void In_Canada_a_stop_is_due_on_the_tenth_business_day_too(string said, string conservative, string statutory) =>
        Assert.Equal(new OptOutDeadline(Day(conservative), Day(statutory)), OptOutDeadline.For("CA", Day(said)));

    [Theory]
    [Trait("Rule", "US-12")]
    [InlineData("stop")]
    [InlineData("quit")]
    [InlineData("end")]
    [InlineData("revoke")]
    [InlineData("opt out")]
    [InlineData("cancel")]
    [InlineData("unsubscribe")]
    public void Each_of_the_seven_words_alone_ends_consent(string word)
    {
        var meaning = OptOutMatcher.Match(word, "Aurora");
        Assert.Equal((TextAction.OptOut, "T1", "US-12"), (meaning.Action, meaning.Tier, meaning.Rule));
    }

    [Theory]
    [Trait("Rule", "US-12")]
    [InlineData("unstop")]
    [InlineData("quite")]
    [InlineData("weekend")]
    [InlineData("the end")]
    [InlineData("don't stop")]
    [InlineData("cancel my order")]
    public void A_word_with_one_of_the_seven_in_it_is_not_that_word(string text) => Assert.NotEqual("US-12", OptOutMatcher.Match(text, "Aurora").Rule);

    [Theory]
    [Trait("Rule", "US-13")]
    [InlineData("please take me off your list", TextAction.OptOut)]
    [InlineData("leave me alone", TextAction.OptOut)]
    [InlineData("unsubcribe", TextAction.OptOut)]
    // A reasonable person might, and another might not: a person reads it.
    [InlineData("can you cancel my order", TextAction.Review)]
    [InlineData("I told you to stop yesterday", TextAction.Review)]
    // Nobody would.
    [InlineData("great shoes!", TextAction.None)]
    [InlineData("see you at the end of the week", TextAction.None)]
    public void Words_are_read_as_a_reasonable_person_would(string text, TextAction action)
    {
        var meaning = OptOutMatcher.Match(text, "Aurora");
        Assert.Equal((action, action == TextAction.None ? null : "US-13"), (meaning.Action, meaning.Rule));
    }

    [Theory]
    [Trait("Rule", "CT-10")]
    [InlineData("STOP", TextAction.OptOut)]
    [InlineData("END", TextAction.OptOut)]
    [InlineData("CANCEL", TextAction.OptOut)]
    [InlineData("UNSUBSCRIBE", TextAction.OptOut)]
    [InlineData("QUIT", TextAction.OptOut)]
    [InlineData("HELP", TextAction.Help)]
    [InlineData("HELPFUL", TextAction.None)]
    public void The_words_of_short_codes_work_on_every_number(string word, TextAction action) => Assert.Equal(action, OptOutMatcher.Match(word).Action);

    /// <summary>An answer is owed to people who stopped and to people who never joined; anything else is not.</summary>
    [Theory]
    [Trait("Rule", "CT-10")]
    [InlineData(AnswerKind.Help, DecisionKind.Allow)]
    [InlineData(AnswerKind.OptOutConfirmation, DecisionKind.Allow)]
    [InlineData(AnswerKind.OptInConfirmation, DecisionKind.Block)]
    [InlineData(null, DecisionKind.Block)]
    public void Help_is_answered_without_consent_and_after_a_stop(AnswerKind? kind, DecisionKind decision) =>
        Assert.Equal(decision, Decide(Answer(kind) with { Consent = null, Suppression = SuppressionScope.All }, Noon).Kind);

    [Theory]
    [Trait("Rule", "C-12")]
    [InlineData(AnswerKind.OptOutConfirmation)]
    [InlineData(AnswerKind.Help)]
    [InlineData(AnswerKind.OptInConfirmation)]
    [InlineData(AnswerKind.DoubleOptInPrompt)]
    [InlineData(AnswerKind.OneTimeCode)]
    public void An_answer_knows_no_hours_holidays_or_caps(AnswerKind kind)
    {
        // Thanksgiving, and a Sunday in summer; the strictest preset and a cap that is used up.
        foreach (var day in new[] { At("2026-11-26T00:00:00Z"), At("2026-07-12T00:00:00Z") })
        {
            for (var at = day; at < day.AddDays(1); at = at.AddMinutes(30))
                Assert.DoesNotContain(Strictest(Answer(kind) with { MessageClass = MessageClass.Informational, Answers = new InboundAnswer(kind, at) }, at), f => TimeGates.Contains(f.Gate));
        }
    }

    [Fact]
    [Trait("Rule", "C-12")]
    public void What_answers_nobody_or_advertises_knows_them()
    {
        var promoting = Answer(AnswerKind.Help) with { Body = new MessageBody("Aurora: 20% off today. Reply STOP to opt out.") };

        Assert.Contains(Strictest(Answer(null) with { MessageClass = MessageClass.Informational }, At("2026-11-26T17:00:00Z")), f => f.Gate == Gate.BarredDay);
        Assert.Contains(Strictest(promoting, At("2026-11-26T17:00:00Z")), f => f.Gate == Gate.BarredDay);
        Assert.Contains(Strictest(promoting, At("2026-11-26T17:00:00Z")), f => f.Gate == Gate.Caps);
    }

    [Theory]
    [Trait("Rule", "US-21")]
    [InlineData(SuppressionScope.Marketing, MessageClass.Marketing, true)]
    [InlineData(SuppressionScope.Marketing, MessageClass.Informational, false)]
    [InlineData(SuppressionScope.Marketing, MessageClass.Transactional, false)]
    [InlineData(SuppressionScope.All, MessageClass.Marketing, true)]
    [InlineData(SuppressionScope.All, MessageClass.Informational, true)]
    [InlineData(SuppressionScope.All, MessageClass.Transactional, true)]
    [InlineData(SuppressionScope.All, MessageClass.Emergency, false)]
    public void A_stop_to_marketing_leaves_notices_and_one_to_a_notice_only_emergencies(SuppressionScope stop, MessageClass text, bool isStopped)
    {
        var decision = Decide(Marketing(NewYork) with { MessageClass = text, Suppression = stop, Body = new MessageBody("Aurora: boil tap water until Friday. Reply STOP to opt out.") }, Noon);
        Assert.Equal(isStopped, decision.Findings.Any(f => f.Reason == SendReason.Suppressed));
    }

    [Theory]
    [Trait("Rule", "US-23")]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_purchase_lifts_the_register_and_never_the_need_for_written_consent(bool bought, bool isListed)
    {
        var decision = Decide(
            Marketing(NewYork) with
            {
                Consent = Written with { Level = ConsentLevel.Express }, Dnc = new DncCheck(true, At("2026-11-20T00:00:00Z")), PurchaseAt = bought ? At("2026-11-01T00:00:00Z") : null,
            },
            Noon);

        Assert.Equal((isListed, true), (decision.Findings.Any(f => f.Reason == SendReason.DncListed), decision.Findings.Any(f => f.Reason == SendReason.NoWrittenConsent)));
    }

    [Theory]
    [Trait("Rule", "US-27")]
    [InlineData(MessageClass.Emergency, "Aurora: boil tap water until Friday.", DecisionKind.Allow)]
    [InlineData(MessageClass.Transactional, "Aurora: boil tap water until Friday.", DecisionKind.Block)]
    [InlineData(MessageClass.Emergency, "Aurora: boil tap water until Friday, and get 20% off our filters.", DecisionKind.Block)]
    public void Only_an_emergency_that_sells_nothing_needs_no_consent(MessageClass messageClass, string text, DecisionKind kind) =>
        Assert.Equal(kind, Decide(Marketing(NewYork) with { MessageClass = messageClass, Consent = null, Body = new MessageBody(text) }, Noon).Kind);

    [Theory]
    [Trait("Rule", "C-06")]
    [InlineData(ConsentLevel.ExpressWritten, DoubleOptIn.Sms, DecisionKind.Allow, null)]
    [InlineData(ConsentLevel.ExpressWritten, DoubleOptIn.Email, DecisionKind.Block, "EU-24")]
    [InlineData(ConsentLevel.Express, DoubleOptIn.Sms, DecisionKind.Block, "US-02")]
    public void A_German_number_with_an_American_address_needs_the_consent_of_both(ConsentLevel level, DoubleOptIn by, DecisionKind kind, string? rule)
    {
        // Four in the afternoon in Berlin, ten in the morning in New York.
        var decision = Decide(
            Marketing(Berlin) with { DeclaredCountry = "US", DeclaredState = "NY", Consent = Written with { Level = level, DoubleOptInBy = by } }, "2026-11-24T15:00:00Z");

        Assert.Equal((kind, rule), (decision.Kind, decision.Deciding?.Rule.Id));
    }

    [Theory]
    [Trait("Rule", "C-06")]
    [InlineData("FL", "2026-11-29T17:00:00Z", DecisionKind.Allow)]
    [InlineData("LA", "2026-11-29T17:00:00Z", DecisionKind.Defer)]
    [InlineData("LA", "2026-11-24T17:00:00Z", DecisionKind.Allow)]
    public void The_barred_days_of_every_state_count(string state, string at, DecisionKind kind) =>
        Assert.Equal(kind, Decide(Marketing(NewYork) with { DeclaredCountry = "US", DeclaredState = state }, at).Kind);

    [Theory]
    [Trait("Rule", "C-07")]
    [InlineData("boots", false, "Aurora", DecisionKind.Defer)]
    [InlineData(null, false, "Aurora", DecisionKind.Defer)]
    [InlineData("coats", false, "Aurora", DecisionKind.Allow)]
    [InlineData("coats", true, "Aurora", DecisionKind.Defer)]
    [InlineData("boots", false, "Borealis", DecisionKind.Allow)]
    public void Where_the_law_counts_by_subject_the_policy_may_count_all_of_one_seller(string? subject, bool ignores, string brand, DecisionKind kind)
    {
        RecentSend[] three = [.. Enumerable.Range(1, 3).Select(i => new RecentSend(At(Noon).AddHours(-i), MessageClass.Marketing, "boots", brand))];
        Assert.Equal(kind, Decide(Marketing(Miami) with { Subject = subject, RecentSends = three }, Noon, Statute with { CapsIgnoreSubject = ignores }).Kind);
    }

    private static SendFacts Answer(AnswerKind? kind) => Marketing(NewYork) with
    {
        MessageClass = MessageClass.Transactional, Answers = kind is { } answered ? new InboundAnswer(answered, At(Noon)) : null,
        Body = new MessageBody("Aurora: help at aurora.example/help or +1 202 555 0111. Reply STOP to end."),
        RecentSends = [.. Enumerable.Range(1, 4).Select(i => new RecentSend(At("2026-11-26T00:00:00Z").AddMinutes(-i), MessageClass.Marketing))],
    };

    private static IReadOnlyList<Finding> Strictest(SendFacts facts, DateTimeOffset at) => SendPolicy.Evaluate(facts, Statute with { Preset = PolicyPreset.Strictest }, at).Findings;

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
