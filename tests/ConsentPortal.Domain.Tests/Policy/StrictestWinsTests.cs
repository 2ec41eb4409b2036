using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>What holds for any question at all: sets are only joined, and the order in which gates are asked means nothing.</summary>
public sealed class StrictestWinsTests
{
    private static readonly Gate[] InOrder = Enum.GetValues<Gate>();

    private static readonly RuleSet[] Sets = [.. RuleBook.AllSets()];

    private static readonly Gen<AnyQuestion> Questions = Gen.Int.Select(AnyQuestion.Of);

    [Fact]
    [Trait("Rule", "C-06")]
    public void One_more_rule_set_never_makes_a_decision_milder() => Gen.Select(Questions, Gen.Int[0, Sets.Length - 1]).Sample(
        (question, index) =>
        {
            var jurisdiction = Jurisdiction.Of(question.Facts, question.Policy);
            var (alone, joined) = (Decide(question, jurisdiction, InOrder), Decide(question, jurisdiction.And(Sets[index]), InOrder));
            Assert.True(joined.Kind >= alone.Kind, $"{Sets[index].Code} turned {alone.Sentence} into {joined.Sentence}");
            if (alone is SendDecision.Defer before && joined is SendDecision.Defer after)
                Assert.True(after.Until >= before.Until, $"{Sets[index].Code} ended the wait earlier.");
        },
        iter: 2_000);

    [Fact]
    [Trait("Rule", "C-11")]
    public void The_order_in_which_gates_are_asked_does_not_change_the_decision() => Gen.Select(Questions, Gen.Shuffle(InOrder)).Sample(
        (question, order) =>
        {
            var jurisdiction = Jurisdiction.Of(question.Facts, question.Policy);
            var (one, other) = (Decide(question, jurisdiction, InOrder), Decide(question, jurisdiction, order));
            Assert.Equal((one.Kind, one.FailedGates, (one as SendDecision.Defer)?.Until), (other.Kind, other.FailedGates, (other as SendDecision.Defer)?.Until));
            Assert.Equal(one.Findings.ToHashSet(), other.Findings.ToHashSet());
        },
        iter: 1_000);

    [Fact]
    public void A_deferral_passes_every_gate_about_time_when_it_is_over_and_not_a_second_earlier() => Questions.Sample(
        question =>
        {
            if (SendPolicy.Evaluate(question.Facts, question.Policy, question.At) is not SendDecision.Defer waits)
                return;
            Assert.IsNotType<SendDecision.Defer>(SendPolicy.Evaluate(question.Facts, question.Policy, waits.Until));
            Assert.NotEqual(DecisionKind.Allow, SendPolicy.Evaluate(question.Facts, question.Policy, waits.Until.AddSeconds(-1)).Kind);
        },
        iter: 4_000);

    [Fact]
    public void The_sentences_of_any_decision_can_be_read() => Questions.Sample(
        question =>
        {
            var decision = SendPolicy.Evaluate(question.Facts, question.Policy, question.At);
            Assert.Equal(15, decision.Gates.Count);
            Assert.All(decision.Findings, finding => Assert.False(string.IsNullOrWhiteSpace(finding.Text)));
        },
        iter: 500);

    private static SendDecision Decide(AnyQuestion question, Jurisdiction jurisdiction, Gate[] order) =>
        Evaluation.Run(new SendView(question.Facts, question.Policy, question.At, jurisdiction), order);
}
