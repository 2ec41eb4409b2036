using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// What receipts make of one row of the send ledger. States only rise: planned or unknown, accepted, failed or expired,
/// delivered; so every order of the same receipts ends the same.
/// </summary>
internal sealed record ReceiptFold(
    MessageState State, string? ProviderMessageId, DateTimeOffset? SentAt, DateTimeOffset? FinalAt, string? ErrorCode, int? Parts, decimal? Price)
{
    /// <summary>The class of the error that ended it; null unless it failed or expired by the receipts folded here.</summary>
    public ProviderErrorClass? Ended { get; private init; }

    public static ReceiptFold Of(OutboundMessage message) => new(
        message.State, message.ProviderMessageId, message.SentAt, message.FinalAt, message.ErrorCode, message.Parts, message.Price);

    public ReceiptFold Apply(DeliveryReceipt receipt)
    {
        var reached = Reached(receipt.Status);
        var known = this with
        {
            ProviderMessageId = ProviderMessageId ?? receipt.ProviderMessageId,
            SentAt = SentAt ?? receipt.At,
            Parts = receipt.Parts ?? Parts,
            Price = PriceWith(receipt),
        };
        if (Rank(reached) <= Rank(State))
            return known;
        return known with
        {
            State = reached,
            FinalAt = reached == MessageState.Accepted ? null : receipt.At,
            ErrorCode = reached is MessageState.Failed or MessageState.Expired ? receipt.ErrorCode : null,
            Ended = reached is MessageState.Failed or MessageState.Expired ? receipt.ErrorClass : null,
        };
    }

    /// <summary>
    /// A receipt that names the number of parts gives the price of the whole text. A provider that sends one receipt for
    /// each part gives the price of one; then the answer's sum over all parts stands.
    /// </summary>
    private decimal? PriceWith(DeliveryReceipt receipt) =>
        receipt.Price is not { } price ? Price : receipt.Parts is null && Parts > 1 ? Price ?? price * Parts : price;

    /// <summary>A receipt of any kind proves that the provider has the text.</summary>
    internal static MessageState Reached(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Submitted or DeliveryStatus.Buffered or DeliveryStatus.Unknown => MessageState.Accepted,
        DeliveryStatus.Delivered => MessageState.Delivered,
        DeliveryStatus.Rejected or DeliveryStatus.Undeliverable or DeliveryStatus.Failed => MessageState.Failed,
        DeliveryStatus.Expired => MessageState.Expired,
    };

    internal static int Rank(MessageState state) => state switch
    {
        MessageState.Planned or MessageState.Deferred or MessageState.Skipped or MessageState.Sending or MessageState.Unconfirmed => 0,
        MessageState.Accepted => 1,
        MessageState.Failed or MessageState.Expired => 2,
        MessageState.Delivered => 3,
    };
}
