using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// What one rule had to say against a text (or, with <see cref="GateOutcome.Warn"/>, about it). Small and free of
/// personal data; the sentence is put together when somebody reads it.
/// </summary>
/// <param name="Instant">The instant that the sentence speaks of: now, or when a cap frees a place.</param>
/// <param name="Zone">The clock that the sentence speaks of, as an IANA name.</param>
public readonly record struct Finding(
    Gate Gate,
    GateOutcome Outcome,
    SendReason Reason,
    PolicyRule Rule,
    int Number = 0,
    string? Word = null,
    string? Zone = null,
    DateTimeOffset Instant = default)
{
    /// <summary>A full sentence for staff with the values that were seen.</summary>
    public string Text => FindingText.Of(this);
}
