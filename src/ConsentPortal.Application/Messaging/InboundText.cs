namespace ConsentPortal.Application.Messaging;

/// <summary>A text that somebody sent to one of our numbers.</summary>
/// <param name="ProviderMessageId">Unique per delivery by the provider; a part of a long text has its own.</param>
/// <param name="From">E.164 with the plus when it is a full number, otherwise as the carrier gave it.</param>
/// <param name="To">Our number in E.164 with the plus, or our short code.</param>
/// <param name="Text">Empty for a binary text or a picture without words.</param>
/// <param name="ReceivedAt">When the provider received it (UTC).</param>
/// <param name="Part">Null for a whole text; otherwise the parts arrive apart and in any order.</param>
public sealed record InboundText(string ProviderMessageId, string From, string To, string Text, DateTimeOffset ReceivedAt, InboundPart? Part)
{
    /// <summary>The same for every repetition of this event.</summary>
    public string DedupeKey => Part is null ? $"in:{ProviderMessageId}" : $"in:{ProviderMessageId}:{Part.Number}";

    /// <summary>Without the numbers and the words, so that the record can stand in a log.</summary>
    public override string ToString() => $"Inbound text {ProviderMessageId}";
}

/// <summary>One part of a long text: parts with the same sender, receiver and <paramref name="Reference"/> belong together.</summary>
/// <param name="Number">From 1 to <paramref name="Total"/>.</param>
public sealed record InboundPart(string Reference, int Number, int Total);
