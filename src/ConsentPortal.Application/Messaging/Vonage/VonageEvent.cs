namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>What a webhook says, in the portal's own words.</summary>
public abstract record VonageEvent
{
    private VonageEvent()
    {
    }

    public sealed record Inbound(InboundText Text) : VonageEvent;

    public sealed record Receipt(DeliveryReceipt Delivery) : VonageEvent;

    /// <summary>Nothing for the portal, such as another channel. Answer 200, or it comes again for a day.</summary>
    public sealed record Ignored(string Reason) : VonageEvent;

    /// <summary>Not a webhook that we can read; names the field. Keep the raw body for a person.</summary>
    public sealed record Unreadable(string Reason) : VonageEvent;
}
