using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy;

/// <summary>Mildest first. The numbers are stored.</summary>
public enum DecisionKind
{
    Allow = 1,
    Defer = 2,
    Hold = 3,
    Block = 4,
}

/// <summary>
/// The answer to one question: one of <see cref="Allow"/>, <see cref="Defer"/>, <see cref="Hold"/> and <see cref="Block"/>,
/// with what every gate said. It holds no personal data and may be kept; <see cref="Compact"/> is what the send ledger keeps.
/// </summary>
public abstract class SendDecision
{
    private readonly DecisionTrace _trace;

    private SendDecision(DecisionTrace trace) => _trace = trace;

    public abstract DecisionKind Kind { get; }

    /// <summary>The instant of the question (UTC).</summary>
    public DateTimeOffset At => _trace.At;

    public int PolicyVersion => _trace.PolicyVersion;

    /// <summary>The consent on which the text rests.</summary>
    public long? ConsentEventId => _trace.ConsentEventId;

    /// <summary>The class under which the text was judged (C-02).</summary>
    public MessageClass EffectiveClass => _trace.EffectiveClass;

    /// <summary>Everything that rules had to say, in gate order, warnings included.</summary>
    public IReadOnlyList<Finding> Findings => _trace.Findings;

    /// <summary>All fifteen gates in order, with the rules that were asked.</summary>
    public IReadOnlyList<GateResult> Gates => _trace.Gates();

    /// <summary>IANA names of the clocks on which the text was judged; empty when none could be found.</summary>
    public IReadOnlyList<string> Zones => _trace.ZoneNames();

    /// <summary>The instant of the question on each of <see cref="Zones"/>, with its offset from UTC.</summary>
    public IReadOnlyList<DateTimeOffset> LocalTimes => _trace.LocalTimes();

    /// <summary>Codes of the rule sets that were joined, such as US, US-FL, FR.</summary>
    public IReadOnlyList<string> RuleSets => _trace.RuleSetCodes();

    /// <summary>Bit n is set when gate n deferred, held or blocked.</summary>
    public int FailedGates => _trace.FailedGates;

    public Gate? FirstFailingGate => FailedGates == 0 ? null : (Gate)System.Numerics.BitOperations.TrailingZeroCount(FailedGates);

    /// <summary>The reason that decided; null for an allowed text.</summary>
    public SendReason? Reason => Deciding?.Reason;

    /// <summary>The first finding of the most severe kind; null for an allowed text.</summary>
    public Finding? Deciding => _trace.Deciding;

    /// <summary>One sentence for staff.</summary>
    public abstract string Sentence { get; }

    public CompactDecision Compact =>
        new(Kind, FailedGates, FirstFailingGate, Reason, Deciding?.Rule.Id, (this as Defer)?.Until, PolicyVersion, ConsentEventId);

    public sealed class Allow : SendDecision
    {
        internal Allow(DecisionTrace trace) : base(trace)
        {
        }

        public override DecisionKind Kind => DecisionKind.Allow;

        public override string Sentence => "May be sent now: every rule allows it.";
    }

    public sealed class Defer : SendDecision
    {
        internal Defer(DecisionTrace trace, DateTimeOffset until) : base(trace) => Until = until;

        public override DecisionKind Kind => DecisionKind.Defer;

        /// <summary>The first instant (UTC) at which the same facts pass every rule about time.</summary>
        public DateTimeOffset Until { get; }

        public override string Sentence => $"Waits until {Until:yyyy-MM-dd HH:mm:ss} UTC. {Deciding?.Text}";
    }

    public sealed class Hold : SendDecision
    {
        internal Hold(DecisionTrace trace) : base(trace)
        {
        }

        public override DecisionKind Kind => DecisionKind.Hold;

        public override string Sentence => $"Needs a person. {Deciding?.Text}";
    }

    public sealed class Block : SendDecision
    {
        internal Block(DecisionTrace trace) : base(trace)
        {
        }

        public override DecisionKind Kind => DecisionKind.Block;

        public override string Sentence => $"May not be sent. {Deciding?.Text}";
    }
}

/// <summary>
/// What the send ledger keeps of a decision: enough to count and to filter. The rest is worked out again from the
/// policy version and the facts of that instant.
/// </summary>
/// <param name="FailedGates">Bit n is set when gate n deferred, held or blocked.</param>
/// <param name="RuleId">The rule that decided, such as US-09.</param>
public readonly record struct CompactDecision(
    DecisionKind Kind,
    int FailedGates,
    Gate? FirstFailingGate,
    SendReason? Reason,
    string? RuleId,
    DateTimeOffset? Until,
    int PolicyVersion,
    long? ConsentEventId);
