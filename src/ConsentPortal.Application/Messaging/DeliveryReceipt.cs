namespace ConsentPortal.Application.Messaging;

/// <summary>What the provider says became of a text. Receipts come late, twice, in the wrong order, or never.</summary>
/// <param name="ClientRef">Ours; present even when the receipt overtakes the answer that carries the provider's id.</param>
/// <param name="ErrorCode">The provider's raw code, null when there is none.</param>
/// <param name="ErrorClass">Null when there is no error, or the code says nothing about the number or our settings.</param>
/// <param name="At">When the state was reached, by the provider's clock (UTC).</param>
/// <param name="Parts">How many parts the text had; null when the receipt does not say.</param>
/// <param name="Price">In euro; for one part where the provider sends a receipt per part.</param>
/// <param name="DedupeKey">The same for every repetition of this event.</param>
public sealed record DeliveryReceipt(
    string ProviderMessageId,
    string? ClientRef,
    DeliveryStatus Status,
    string? ErrorCode,
    ProviderErrorClass? ErrorClass,
    DateTimeOffset At,
    int? Parts,
    decimal? Price,
    string DedupeKey)
{
    /// <summary>Whether the provider sends one for each part of a text, so that this one may speak of a part only.</summary>
    public bool IsOfPart { get; init; }

    /// <summary>What the error code means, in a few words; null when it is unknown, and of a receipt that had to wait for its text.</summary>
    public string? ErrorMeaning { get; init; }

    /// <summary>The carrier that the text went to (mobile country and network code); null when the receipt does not say.</summary>
    public string? NetworkCode { get; init; }
}

/// <summary>Final are Delivered, Rejected, Undeliverable, Expired and Failed; of those only Delivered may replace another.</summary>
public enum DeliveryStatus
{
    Submitted = 1,
    Delivered = 2,
    Rejected = 3,
    Undeliverable = 4,
    Buffered = 5,
    Expired = 6,
    Failed = 7,
    Unknown = 8,
}
