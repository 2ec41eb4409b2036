namespace ConsentPortal.Domain.Policy;

/// <summary>
/// The fifteen questions that a text must pass, in the order in which they are reported (C-11). All are always asked;
/// the order never changes the decision. The numbers are stored: bit n of <see cref="CompactDecision.FailedGates"/> is gate n.
/// </summary>
public enum Gate
{
    /// <summary>Is it a valid number of a kind that can receive texts (O-01, O-02)?</summary>
    Number = 1,

    /// <summary>Is it outside the ranges reserved for fiction and tests (O-05)?</summary>
    ReservedRange = 2,
    Suppression = 3,
    Consent = 4,

    /// <summary>Does the consent cover this purpose and this brand (CT-07)?</summary>
    Scope = 5,
    ConsentExpiry = 6,

    /// <summary>Do-not-call registers, asked only where there is no sufficient consent (US-22).</summary>
    DoNotCall = 7,
    Reassignment = 8,

    /// <summary>Which rules and which clocks apply (N-01 to N-07)?</summary>
    RuleSets = 9,
    BarredDay = 10,
    Window = 11,

    /// <summary>Legal, promised and chosen frequency, and a pause that the person asked for (C-13).</summary>
    Caps = 12,
    Content = 13,
    Sender = 14,
    Segments = 15,
}

/// <summary>What one gate said, mildest first; the most severe of all gates is the decision.</summary>
public enum GateOutcome
{
    NotApplicable = 0,
    Pass = 1,

    /// <summary>Passes, with something that staff should know.</summary>
    Warn = 2,

    /// <summary>Not now; passes at a later instant without anybody doing anything.</summary>
    Defer = 3,

    /// <summary>Needs a person.</summary>
    Hold = 4,
    Block = 5,
}

/// <summary>One gate with its outcome, what it found, and every rule that was asked.</summary>
/// <param name="Rules">The rules of this gate in the rule sets that apply, whether they had something to say or not.</param>
public sealed record GateResult(Gate Gate, GateOutcome Outcome, IReadOnlyList<Finding> Findings, IReadOnlyList<PolicyRule> Rules);
