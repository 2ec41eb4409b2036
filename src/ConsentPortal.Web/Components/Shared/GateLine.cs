namespace ConsentPortal.Web.Components.Shared;

public enum GateOutcome
{
    Passed = 1,
    Failed = 2,

    /// <summary>Would pass later: the decision waits.</summary>
    Waits = 3,

    /// <summary>Not asked, because an earlier gate had decided.</summary>
    NotAsked = 4,
}

/// <summary>One gate of a decision as it is shown.</summary>
/// <param name="Rule">The rule's id, such as US-09; null when the gate rests on none.</param>
/// <param name="Citation">Where the rule comes from; null where it is not shown.</param>
public sealed record GateLine(string Gate, GateOutcome Outcome, string? Rule, string Sentence, string? Citation = null);
