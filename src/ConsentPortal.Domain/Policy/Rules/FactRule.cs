using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>What a rule says about the facts: the default value means that it has nothing to say.</summary>
/// <param name="Number">A number that the sentence names, such as days.</param>
/// <param name="Word">A word that the sentence names, such as the link that was found.</param>
internal readonly record struct Verdict(GateOutcome Outcome, SendReason Reason, int Number = 0, string? Word = null)
{
    public static Verdict Pass => default;

    public static Verdict Block(SendReason reason, int number = 0, string? word = null) => new(GateOutcome.Block, reason, number, word);

    public static Verdict Hold(SendReason reason, int number = 0, string? word = null) => new(GateOutcome.Hold, reason, number, word);

    public static Verdict Warn(SendReason reason, int number = 0, string? word = null) => new(GateOutcome.Warn, reason, number, word);
}

internal delegate Verdict FactCheck(in SendView view);

/// <summary>A rule that asks about the facts and not about the clock.</summary>
internal sealed record FactRule(PolicyRule Rule, MessageClasses Classes, FactCheck Check)
{
    /// <summary>Where it is asked; a rule that speaks of consent and of content is asked in both gates.</summary>
    public Gate Gate { get; init; } = Rule.Gate;
}
