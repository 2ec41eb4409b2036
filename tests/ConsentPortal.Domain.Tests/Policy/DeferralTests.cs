using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using CsCheck;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>What a deferral promises, for random people, instants and policies.</summary>
public sealed class DeferralTests
{
    private static readonly Gate[] TimeGates = [Gate.BarredDay, Gate.Window, Gate.Caps];

    private static readonly Gen<(SendFacts Facts, DateTimeOffset At, PolicyVersion Policy)> Questions =
        from to in Gen.OneOf(NewYork, Miami, Dallas, Portland, Hartford, SaltLake, FloridaPanhandle, Paris, Berlin, Mumbai, "+61412345678", "+447400123456", "+6581234567")
        from minutes in Gen.Int[0, 60 * 24 * 400]
        from seconds in Gen.Int[0, 59]
        from preset in Gen.OneOf(PolicyPreset.Statute, PolicyPreset.SafeUs, PolicyPreset.Strictest)
        from guard in Gen.Int[0, 15]
        from frequency in Gen.OneOf(FrequencyPreference.Every, FrequencyPreference.Weekly, FrequencyPreference.Monthly, FrequencyPreference.Daily)
        from sends in Gen.Int[0, 60 * 24 * 31].Array[0, 4]
        let at = At("2026-01-01T00:00:00Z").AddMinutes(minutes).AddSeconds(seconds)
        select (
            Marketing(to) with
            {
                Frequency = frequency, Dnc = null, Body = new MessageBody("Aurora: new boots. STOP +33612345678"),
                Consent = Written with { GrantedAt = At("2025-06-01T00:00:00Z") },
                RecentSends = [.. sends.Select(m => new RecentSend(at.AddMinutes(-m - 1), MessageClass.Marketing)).OrderBy(s => s.At)],
            },
            at,
            Statute with { Preset = preset, DispatchGuard = TimeSpan.FromMinutes(guard) });

    [Fact]
    public void A_text_deferred_until_an_instant_passes_every_rule_about_time_then_and_not_a_second_earlier() => Questions.Sample(
        q =>
        {
            if (SendPolicy.Evaluate(q.Facts, q.Policy, q.At) is not SendDecision.Defer waits)
                return;
            Assert.DoesNotContain(SendPolicy.Evaluate(q.Facts, q.Policy, waits.Until).Findings, f => IsAboutTime(f));
            Assert.Contains(SendPolicy.Evaluate(q.Facts, q.Policy, waits.Until.AddSeconds(-1)).Findings, f => IsAboutTime(f));
        },
        iter: 3_000);

    [Fact]
    public void The_same_question_has_the_same_answer() => Questions.Sample(
        q =>
        {
            var (one, two) = (SendPolicy.Evaluate(q.Facts, q.Policy, q.At), SendPolicy.Evaluate(q.Facts, q.Policy, q.At));
            Assert.Equal(one.Compact, two.Compact);
        },
        iter: 300);

    [Fact]
    public void A_stop_or_a_missing_consent_is_never_outweighed() => Questions.Sample(
        q =>
        {
            Assert.Equal(DecisionKind.Block, SendPolicy.Evaluate(q.Facts with { Suppression = SuppressionScope.All }, q.Policy, q.At).Kind);
            Assert.Equal(DecisionKind.Block, SendPolicy.Evaluate(q.Facts with { Consent = Written with { State = ConsentStatus.Withdrawn } }, q.Policy, q.At).Kind);
        },
        iter: 300);

    private static bool IsAboutTime(Finding finding) => finding.Outcome == GateOutcome.Defer && TimeGates.Contains(finding.Gate);
}
