using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>What a decision remembers; lists for people are built only when somebody reads them.</summary>
internal sealed class DecisionTrace
{
    private readonly SendFacts _facts;

    public DecisionTrace(
        SendFacts facts, PolicyVersion policy, DateTimeOffset at, MessageClass effectiveClass, RuleSet[] sets, ZoneClock[] clocks, Finding[] findings)
    {
        _facts = facts;
        At = at;
        PolicyVersion = policy.Number;
        EffectiveClass = effectiveClass;
        Sets = sets;
        Clocks = clocks;
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

    public long? ConsentEventId => _facts.Consent?.EventId;

    public RuleSet[] Sets { get; }

    public ZoneClock[] Clocks { get; }

    public Finding[] Findings { get; }

    public int FailedGates { get; }

    public Finding? Deciding { get; }

    public IReadOnlyList<GateResult> Gates() => Enum.GetValues<Gate>().Select(Result).ToArray();

    public string[] ZoneNames() => Clocks.Select(c => c.Id).ToArray();

    public DateTimeOffset[] LocalTimes() => Clocks.Select(c => At.ToOffset(c.OffsetAt(At))).ToArray();

    public string[] RuleSetCodes() => Sets.Select(s => s.Code).ToArray();

    private GateResult Result(Gate gate)
    {
        var findings = Findings.Where(f => f.Gate == gate).ToArray();
        var rules = Sets.SelectMany(s => s.Rules).Where(r => r.Gate == gate).Distinct().ToArray();
        var outcome = findings.Length > 0 ? findings.Max(f => f.Outcome) : rules.Length > 0 ? GateOutcome.Pass : GateOutcome.NotApplicable;
        return new GateResult(gate, outcome, findings, rules);
    }
}
