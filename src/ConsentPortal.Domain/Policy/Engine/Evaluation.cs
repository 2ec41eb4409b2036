using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>One run over the gates: every rule of every set that applies is asked, whatever the others said.</summary>
internal static class Evaluation
{
    private static readonly Gate[] InOrder = Enum.GetValues<Gate>();

    public static SendDecision Run(SendFacts facts, PolicyVersion policy, DateTimeOffset instant)
    {
        var view = new SendView(facts, policy, instant, facts.MessageClass);
        RuleSet[] sets = [Everywhere.Rules];
        var findings = new List<Finding>();
        foreach (var gate in InOrder)
        {
            foreach (var set in sets)
                Ask(set, gate, in view, findings);
        }

        var trace = new DecisionTrace(facts, policy, instant, view.Class, sets, facts.To.Place.Clocks, findings.ToArray());
        return trace.Deciding?.Outcome switch
        {
            GateOutcome.Block => new SendDecision.Block(trace),
            GateOutcome.Hold => new SendDecision.Hold(trace),
            _ => new SendDecision.Allow(trace),
        };
    }

    private static void Ask(RuleSet set, Gate gate, in SendView view, List<Finding> findings)
    {
        foreach (var rule in set.FactsOf(gate))
        {
            if (rule.Classes.Reach(view.Class) && rule.Check(in view) is { Outcome: not GateOutcome.NotApplicable } verdict)
                findings.Add(new Finding(gate, verdict.Outcome, verdict.Reason, rule.Rule, verdict.Number, verdict.Word, null, view.Instant));
        }
    }
}
