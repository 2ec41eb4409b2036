namespace ConsentPortal.Web.Components.Shared;

/// <param name="Start">First instant of the hour.</param>
public sealed record DeliveryHour(DateTimeOffset Start, long Count);

/// <summary>A span in which nothing may be sent; the end is outside of it.</summary>
public sealed record ClosedWindow(DateTimeOffset Start, DateTimeOffset End);
