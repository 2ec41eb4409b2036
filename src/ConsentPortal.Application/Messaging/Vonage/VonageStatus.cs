namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Both APIs' words for the state of a text.</summary>
internal static class VonageStatus
{
    public static DeliveryStatus Read(string? status) => status?.ToLowerInvariant() switch
    {
        "submitted" or "accepted" => DeliveryStatus.Submitted,
        "delivered" => DeliveryStatus.Delivered,
        "rejected" => DeliveryStatus.Rejected,
        "undeliverable" => DeliveryStatus.Undeliverable,
        "buffered" => DeliveryStatus.Buffered,
        "expired" => DeliveryStatus.Expired,
        "failed" => DeliveryStatus.Failed,
        _ => DeliveryStatus.Unknown,
    };
}
