using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// What receipts make of one row of the send ledger. States only rise: planned or unknown, accepted, failed or expired,
/// delivered; so every order of the same receipts ends the same. Where the provider sends receipts for each part, a text is
/// delivered when all its parts are, and has failed when one of them has. What a person said of a text in doubt gives way to any
/// receipt.
/// </summary>
internal sealed record ReceiptFold(
    MessageState State, string? ProviderMessageId, DateTimeOffset? SentAt, DateTimeOffset? FinalAt, string? ErrorCode, int? Parts, decimal? Price)
{
    /// <summary>The class of the error that ended it; null unless it failed or expired by the receipts folded here.</summary>
    public ProviderErrorClass? Ended { get; private init; }

    /// <summary>What that error means, where the receipt said so.</summary>
    public string? Meaning { get; private init; }

    /// <summary>The provider's ids of the parts, as far as its answer or earlier receipts told them.</summary>
    public IReadOnlyCollection<string> PartIds { get; private init; } = [];

    /// <param name="partIds">Empty where the provider has one id for the whole text.</param>
    public static ReceiptFold Of(OutboundMessage message, IReadOnlyCollection<string> partIds) => new(
        message.State, message.ProviderMessageId, message.SentAt, message.FinalAt, message.ErrorCode, message.Parts, message.Price) { PartIds = partIds };

    /// <summary>From where receipts move the row on: a text that a person took for one that never left was sent, if there is a receipt, when it was handed over.</summary>
    public static ReceiptFold Before(OutboundMessage message, IReadOnlyCollection<string> partIds) => message.Reason == nameof(SendReason.SettledAsNotSent)
        ? Of(message, partIds) with { State = MessageState.Unconfirmed, SentAt = message.DecidedAt, FinalAt = null }
        : Of(message, partIds);

    public static bool IsSettledByHand(OutboundMessage message) => message.Reason is nameof(SendReason.SettledAsSent) or nameof(SendReason.SettledAsNotSent);

    /// <param name="earlier">Receipts of the same text that were taken before: what one part came to is nothing without the others.</param>
    public ReceiptFold Apply(IReadOnlyList<DeliveryReceipt> receipts, IReadOnlyList<DeliveryReceipt> earlier)
    {
        var best = earlier.Concat(receipts).Where(IsOfPart).GroupBy(r => r.ProviderMessageId, StringComparer.Ordinal).Select(g => g.MaxBy(r => Rank(Reached(r.Status)))!).ToList();
        return receipts.Aggregate(this, (fold, receipt) => fold.Apply(receipt, fold.IsOfPart(receipt) ? Whole(best, receipt) : receipt.Status));
    }

    /// <summary>
    /// Whether it speaks of one part of several: it does not know how many there are, and its kind, the answer to the text or the form of its id says
    /// so. Parts may be named by a UUID as well as whole texts; only these are named by nothing else.
    /// </summary>
    public bool IsOfPart(DeliveryReceipt receipt) =>
        Parts > 1 && receipt.Parts is null && (receipt.IsOfPart || PartIds.Contains(receipt.ProviderMessageId) || !Guid.TryParse(receipt.ProviderMessageId, out _));

    /// <summary>What the whole text has come to by its parts, as far as this receipt's own state may say so.</summary>
    private DeliveryStatus Whole(List<DeliveryReceipt> best, DeliveryReceipt receipt)
    {
        var hasFailed = best.Exists(r => Rank(Reached(r.Status)) == FailedRank);
        return receipt.Status switch
        {
            DeliveryStatus.Delivered when hasFailed || best.Count(r => r.Status == DeliveryStatus.Delivered) < Parts => DeliveryStatus.Submitted,
            // A part that failed and arrived after all has not failed.
            _ when Rank(Reached(receipt.Status)) == FailedRank && !best.Contains(receipt) => DeliveryStatus.Submitted,
            _ => receipt.Status,
        };
    }

    private ReceiptFold Apply(DeliveryReceipt receipt, DeliveryStatus status)
    {
        var reached = Reached(status);
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
            Meaning = reached is MessageState.Failed or MessageState.Expired ? receipt.ErrorMeaning : null,
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

    private const int FailedRank = 2;

    internal static int Rank(MessageState state) => state switch
    {
        MessageState.Planned or MessageState.Deferred or MessageState.Skipped or MessageState.Sending or MessageState.Unconfirmed => 0,
        MessageState.Accepted => 1,
        MessageState.Failed or MessageState.Expired => FailedRank,
        MessageState.Delivered => 3,
    };
}
