using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;
using PolicyOutcome = ConsentPortal.Domain.Policy.GateOutcome;
using ShownOutcome = ConsentPortal.Web.Components.Shared.GateOutcome;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>A decision of the policy as the trace shows it.</summary>
internal static class DecisionLines
{
    public static (Meaning Meaning, string Word) Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Allow => (Meaning.Granted, "Yes"),
        DecisionKind.Defer => (Meaning.Deferred, "Later"),
        DecisionKind.Hold => (Meaning.Pending, "Needs a person"),
        DecisionKind.Block => (Meaning.Blocked, "No"),
    };

    /// <summary>The same for a text that was decided on, rather than a question.</summary>
    public static (Meaning Meaning, string Word) Decided(DecisionKind kind) => kind switch
    {
        DecisionKind.Allow => (Meaning.Granted, "Allowed"),
        DecisionKind.Defer => (Meaning.Deferred, "Deferred"),
        DecisionKind.Hold => (Meaning.Pending, "Held for a person"),
        DecisionKind.Block => (Meaning.Blocked, "Blocked"),
    };

    public static string Of(Gate gate) => gate switch
    {
        Gate.Number => "Number",
        Gate.ReservedRange => "Reserved ranges",
        Gate.Suppression => "Stops",
        Gate.Consent => "Consent",
        Gate.Scope => "Purpose and brand",
        Gate.ConsentExpiry => "Consent still valid",
        Gate.DoNotCall => "Do-not-call registers",
        Gate.Reassignment => "Reassigned numbers",
        Gate.RuleSets => "Rules and clocks",
        Gate.BarredDay => "Days without texts",
        Gate.Window => "Hours",
        Gate.Caps => "How often",
        Gate.Content => "Words of the text",
        Gate.Sender => "Sender",
        Gate.Segments => "Segments",
    };

    public static IReadOnlyList<GateLine> Of(SendDecision decision) => [.. decision.Gates.Select(Line)];

    /// <summary>The gates that did not pass, as the ledger keeps them.</summary>
    /// <param name="failed">Bit n is gate n.</param>
    public static string Failed(int failed) => string.Join(", ", Enum.GetValues<Gate>().Where(gate => (failed & (1 << (int)gate)) != 0).Select(Of));

    private static GateLine Line(GateResult gate)
    {
        var outcome = gate.Outcome switch
        {
            PolicyOutcome.NotApplicable => ShownOutcome.NotAsked,
            PolicyOutcome.Pass or PolicyOutcome.Warn => ShownOutcome.Passed,
            PolicyOutcome.Defer => ShownOutcome.Waits,
            PolicyOutcome.Hold or PolicyOutcome.Block => ShownOutcome.Failed,
        };
        if (gate.Findings.Count == 0)
            return new GateLine(Of(gate.Gate), outcome, gate.Rules is [var only] ? only.Id : null, Quiet(gate), gate.Rules is [var cited] ? cited.Citation : null);
        var gravest = gate.Findings.MaxBy(finding => finding.Outcome);
        return new GateLine(Of(gate.Gate), outcome, gravest.Rule.Id, string.Join(" ", gate.Findings.OrderByDescending(finding => finding.Outcome).Select(finding => finding.Text).Distinct()),
            gravest.Rule.Citation);
    }

    private static string Quiet(GateResult gate) => (gate.Outcome, gate.Rules.Count) switch
    {
        (PolicyOutcome.NotApplicable, _) => "Nothing had to be asked.",
        (_, 0) => "Nothing speaks against it.",
        (_, 1) => "One rule was asked; nothing speaks against it.",
        var (_, count) => $"{Figures.Count(count)} rules were asked ({string.Join(", ", gate.Rules.Select(rule => rule.Id))}); nothing speaks against it.",
    };
}
