using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>One run over the gates: every rule of every set that applies is asked, whatever the others said.</summary>
internal static class Evaluation
{
    private static readonly Gate[] InOrder = Enum.GetValues<Gate>();

    public static SendDecision Run(SendFacts facts, PolicyVersion policy, DateTimeOffset instant) => Run(facts, policy, instant, InOrder);

    /// <param name="order">The order in which the gates are asked; it must not matter.</param>
    public static SendDecision Run(SendFacts facts, PolicyVersion policy, DateTimeOffset instant, ReadOnlySpan<Gate> order) =>
        Run(new SendView(facts, policy, instant, Jurisdiction.Of(facts, policy)), order);

    public static SendDecision Run(in SendView view, ReadOnlySpan<Gate> order)
    {
        var time = new TimeGates(in view);
        var findings = default(FindingList);
        foreach (var gate in order)
        {
            AskFacts(gate, in view, ref findings);
            AskTime(gate, in time, ref findings);
        }

        return Decide(new DecisionTrace(in view, findings.ToArray()), in time);
    }

    private static void AskFacts(Gate gate, in SendView view, ref FindingList findings)
    {
        foreach (var rule in view.Jurisdiction.FactsOf(gate))
        {
            if (rule.Classes.Reach(view.Class) && rule.Check(in view) is { Outcome: not GateOutcome.NotApplicable } verdict)
                findings.Add(new Finding(gate, verdict.Outcome, verdict.Reason, rule.Rule, verdict.Number, verdict.Word, null, view.Instant));
        }
    }

    private static void AskTime(Gate gate, in TimeGates time, ref FindingList findings)
    {
        if (gate is Gate.BarredDay or Gate.Window)
            time.FindHours(gate, ref findings);
        if (gate == Gate.Window)
            time.FindTiming(ref findings);
        else if (gate == Gate.RuleSets)
            time.FindUnknownZone(ref findings);
        else if (gate == Gate.Caps)
            time.FindCaps(ref findings);
    }

    private static SendDecision Decide(DecisionTrace trace, in TimeGates time) => trace.Deciding?.Outcome switch
    {
        GateOutcome.Block => new SendDecision.Block(trace),
        GateOutcome.Hold => new SendDecision.Hold(trace),
        GateOutcome.Defer => time.FirstPass() is { } until ? new SendDecision.Defer(trace, until) : new SendDecision.Hold(trace),
        _ => new SendDecision.Allow(trace),
    };
}
