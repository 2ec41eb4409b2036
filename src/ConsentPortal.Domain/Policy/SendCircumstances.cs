using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy;

/// <summary>A text that was sent (or accepted for sending) to the person.</summary>
/// <param name="Subject">What it was about; null counts as every subject.</param>
/// <param name="Brand">In whose name; null counts as the same seller.</param>
public readonly record struct RecentSend(DateTimeOffset At, MessageClass MessageClass, string? Subject = null, string? Brand = null);

/// <summary>The number, short code or name that the text comes from.</summary>
/// <param name="Number">E.164, a short code, or an alphanumeric name.</param>
/// <param name="CanReceive">False when a reply goes nowhere (US-18). A name can never receive.</param>
/// <param name="IsRegistered">With the carriers' or the country's register, where there is one (CT-17); null when not known.</param>
public sealed record SenderFacts(string? Number, bool? CanReceive = null, bool? IsRegistered = null)
{
    internal bool IsName { get; } = Number is not null && Number.Any(char.IsLetter);

    internal bool IsOneWay => CanReceive == false || (CanReceive is null && IsName);
}

/// <summary>The answer of the do-not-call register that governs the number.</summary>
/// <param name="ScrubbedAt">When the copy of the register was fetched.</param>
public sealed record DncCheck(bool? IsListed, DateTimeOffset? ScrubbedAt);

public enum ReassignedAnswer
{
    Yes = 1,
    No = 2,
    NoData = 3,
}

/// <summary>What the Reassigned Numbers Database said about this number since the day of the consent (US-26).</summary>
public sealed record ReassignedCheck(ReassignedAnswer Answer, DateTimeOffset? CheckedAt);

public enum AnswerKind
{
    /// <summary>The one confirmation after a STOP; it passes the stop it confirms, within 300 seconds (US-16).</summary>
    OptOutConfirmation = 1,

    /// <summary>The reply to HELP, owed even to people who stopped or never joined (CT-10).</summary>
    Help = 2,
    OptInConfirmation = 3,

    /// <summary>"Reply YES": answers the person's own request to join.</summary>
    DoubleOptInPrompt = 4,

    /// <summary>A code that the holder of the number asked for on a page, to see, change or delete what is held about them: owed after a stop too.</summary>
    OneTimeCode = 5,
}

/// <param name="ReceivedAt">When the person's text or form arrived (UTC).</param>
public sealed record InboundAnswer(AnswerKind Kind, DateTimeOffset ReceivedAt);
