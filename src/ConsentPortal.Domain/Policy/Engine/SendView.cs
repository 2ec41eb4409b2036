using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>What a rule may look at: the facts, the instant, and what follows from both without any rule.</summary>
internal readonly ref struct SendView(SendFacts facts, PolicyVersion policy, DateTimeOffset instant, MessageClass effectiveClass)
{
    public SendFacts Facts { get; } = facts;

    public PolicyVersion Policy { get; } = policy;

    public DateTimeOffset Instant { get; } = instant;

    /// <summary>The claimed class, or marketing where the words are promotional (C-02).</summary>
    public MessageClass Class { get; } = effectiveClass;

    /// <summary>An answer to what the person did a moment ago; words that promote make it no answer any more.</summary>
    public InboundAnswer? Answer => Class == MessageClass.Marketing ? null : Facts.Answers;

    /// <summary>The replies that are owed, or asked for, without any consent (C-12, CT-10).</summary>
    public bool NeedsNoConsent => Answer?.Kind is AnswerKind.OptOutConfirmation or AnswerKind.Help or AnswerKind.DoubleOptInPrompt;
}
