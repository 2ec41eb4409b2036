namespace ConsentPortal.Application.Messaging;

/// <summary>One text to one handset, ready to leave: rendered, allowed, and written in the send ledger as Sending.</summary>
/// <param name="ClientRef">
/// Our reference, echoed in receipts, 1–100 characters. Providers cannot erase it, so it never holds personal data.
/// </param>
/// <param name="To">E.164, with or without the plus.</param>
/// <param name="From">A number in E.164, a short code, or an alphanumeric sender of at most 11 characters.</param>
/// <param name="Body">At most 3,200 characters.</param>
/// <param name="IsUnicode">The body has a character outside GSM 03.38, so it travels as UCS-2.</param>
public sealed record OutgoingText(string ClientRef, string To, string From, string Body, bool IsUnicode)
{
    /// <summary>How long the provider keeps trying: 20 seconds to 7 days. Null leaves the provider's own 72 hours.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Masked, so that the record can stand in a log.</summary>
    public override string ToString() => $"Text {ClientRef}";
}
