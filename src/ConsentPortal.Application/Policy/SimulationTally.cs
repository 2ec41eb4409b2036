using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Policy;

/// <summary>Counts what a draft would have done. Its size depends on how many different reasons there are, never on how many texts.</summary>
internal sealed class SimulationTally(Guid simulation, int version)
{
    private readonly Dictionary<(DecisionKind Was, DecisionKind Would, SendReason? Reason, string? Rule), int> _changes = [];
    private readonly SortedDictionary<LostDecision, int> _lost = [];

    public int Judged { get; private set; }

    public int Same { get; private set; }

    /// <summary>Texts that were handed back to be listed.</summary>
    public int Listed { get; private set; }

    public IReadOnlyList<SimulatedChange> Changes =>
        [.. _changes.OrderByDescending(c => c.Value).ThenBy(c => c.Key.Was).ThenBy(c => c.Key.Reason)
            .Select(c => new SimulatedChange(c.Key.Was, c.Key.Would, c.Key.Reason, c.Key.Rule, c.Value))];

    public IReadOnlyList<LostDecisions> Lost => [.. _lost.Select(l => new LostDecisions(l.Key, l.Value))];

    /// <param name="again">The recorded decision, worked out again.</param>
    /// <param name="would">Asked only where the recorded decision came out again.</param>
    /// <returns>What the list shows of it; null for a text that the draft treats as it was.</returns>
    public SimulatedText? Add(OutboundMessage text, RecomputedDecision again, Func<SendDecision> would)
    {
        Judged++;
        if (again.Lost is { } lost)
        {
            _lost[lost] = _lost.GetValueOrDefault(lost) + 1;
            return List(text, again, null, null, null, lost);
        }

        var draft = would();
        if (draft.Kind == again.Decision!.Kind)
        {
            Same++;
            return null;
        }

        var deciding = (draft.Kind == DecisionKind.Allow ? again.Decision : draft).Deciding;
        var key = (again.Decision.Kind, draft.Kind, deciding?.Reason, deciding?.Rule.Id);
        _changes[key] = _changes.GetValueOrDefault(key) + 1;
        return List(text, again, draft, key.Reason, key.Id, null);
    }

    private SimulatedText List(OutboundMessage text, RecomputedDecision again, SendDecision? draft, SendReason? reason, string? rule, LostDecision? lost)
    {
        Listed++;
        return new SimulatedText
        {
            SimulationId = simulation, MessageId = text.Id, PolicyVersion = version, Was = (DecisionKind)text.DecisionKind!.Value, Again = again.Decision?.Kind,
            Would = draft?.Kind, Reason = reason, Rule = rule, Until = (draft as SendDecision.Defer)?.Until, Lost = lost,
        };
    }
}
