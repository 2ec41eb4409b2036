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
    public static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <summary>How long the provider keeps trying: 20 seconds to 7 days. Null leaves the provider's own 72 hours.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The time to live of a text that had better not arrive after a moment; a phone that is off until then gets nothing.</summary>
    /// <param name="notAfter">Null for any time.</param>
    public static TimeSpan? LifeUntil(DateTimeOffset? notAfter, DateTimeOffset now) =>
        notAfter is not { } end ? null : end - now < ShortestLife ? ShortestLife : end - now > LongestLife ? LongestLife : TimeSpan.FromSeconds(Math.Floor((end - now).TotalSeconds));

    /// <summary>Masked, so that the record can stand in a log.</summary>
    public override string ToString() => $"Text {ClientRef}";
}
