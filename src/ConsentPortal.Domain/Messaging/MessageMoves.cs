namespace ConsentPortal.Domain.Messaging;

/// <summary>From which state one text comes to which.</summary>
public static class MessageMoves
{
    /// <summary>
    /// What the provider's receipts and records can say of any text that is not known to have arrived. A receipt proves that the provider has the text, also where it had said
    /// before that it did not take it.
    /// </summary>
    private static readonly MessageState[] Reported = [MessageState.Accepted, MessageState.Delivered, MessageState.Failed, MessageState.Expired];

    private static readonly Dictionary<MessageState, MessageState[]> After = new()
    {
        [MessageState.Planned] = [MessageState.Deferred, MessageState.Sending, MessageState.Skipped, .. Reported],
        [MessageState.Deferred] = [MessageState.Sending, MessageState.Skipped, .. Reported],
        // Back to where it was when it was not handed over; skipped where its campaign has ended meanwhile.
        [MessageState.Sending] = [MessageState.Planned, MessageState.Deferred, MessageState.Skipped, MessageState.Unconfirmed, .. Reported],
        // An answer that comes after the lease says what became of the text as one in time would have.
        [MessageState.Unconfirmed] = [MessageState.Planned, MessageState.Deferred, MessageState.Skipped, .. Reported],
        [MessageState.Skipped] = Reported,
        [MessageState.Accepted] = [MessageState.Delivered, MessageState.Failed, MessageState.Expired],
        // Accepted or expired only where a person had taken it for one that did not leave.
        [MessageState.Failed] = [MessageState.Delivered, MessageState.Accepted, MessageState.Expired],
        [MessageState.Expired] = [MessageState.Delivered],
        [MessageState.Delivered] = [],
    };

    public static IReadOnlySet<(MessageState From, MessageState To)> All { get; } = (from move in After from to in move.Value select (move.Key, to)).ToHashSet();
}
