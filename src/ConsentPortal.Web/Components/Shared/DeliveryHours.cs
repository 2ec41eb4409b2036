namespace ConsentPortal.Web.Components.Shared;

/// <param name="Start">First instant of the hour.</param>
public sealed record DeliveryHour(DateTimeOffset Start, long Count);

/// <summary>A span in which nothing may be sent; the end is outside of it.</summary>
/// <param name="Share">For how many of the people, from 0 to 1: where they live in several zones, it is night for some.</param>
public sealed record ClosedWindow(DateTimeOffset Start, DateTimeOffset End, double Share = 1);
