using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>What a decision remembers; lists for people are built only when somebody reads them.</summary>
internal sealed class DecisionTrace
{
    private readonly Jurisdiction _jurisdiction;

    public DecisionTrace(in SendView view, Finding[] findings)
    {
        _jurisdiction = view.Jurisdiction;
        At = view.Instant;
        PolicyVersion = view.Policy.Number;
        EffectiveClass = view.Class;
        ConsentEventId = view.Facts.Consent?.EventId;
        Findings = findings;
        var worst = -1;
        for (var i = 0; i < findings.Length; i++)
        {
            if (findings[i].Outcome < GateOutcome.Defer)
                continue;
            FailedGates |= 1 << (int)findings[i].Gate;
            if (worst < 0 || findings[i].Outcome > findings[worst].Outcome)
                worst = i;
        }

        Deciding = worst < 0 ? null : findings[worst];
    }

    public DateTimeOffset At { get; }

    public int PolicyVersion { get; }

    public MessageClass EffectiveClass { get; }

    public long? ConsentEventId { get; }

    public Finding[] Findings { get; }

    public int FailedGates { get; }

    public Finding? Deciding { get; }

    public IReadOnlyList<GateResult> Gates() => Enum.GetValues<Gate>().Select(Result).ToArray();

    public string[] ZoneNames() => _jurisdiction.Clocks.Select(c => c.Id).ToArray();

    public DateTimeOffset[] LocalTimes() => _jurisdiction.Clocks.Select(c => At.ToOffset(c.OffsetAt(At))).ToArray();

    public string[] RuleSetCodes() => _jurisdiction.Sets.Select(s => s.Code).ToArray();

    private GateResult Result(Gate gate)
    {
        var findings = Findings.Where(f => f.Gate == gate).ToArray();
        var rules = _jurisdiction.Sets.SelectMany(s => s.RulesOf(gate)).Distinct().ToArray();
        var outcome = findings.Length > 0 ? findings.Max(f => f.Outcome) : rules.Length > 0 ? GateOutcome.Pass : GateOutcome.NotApplicable;
        return new GateResult(gate, outcome, findings, rules);
    }
}
