namespace ConsentPortal.Domain.Policy.Places;

/// <summary>The time zones that the portal can reckon with.</summary>
public static class IanaZones
{
    /// <param name="id">An IANA name; old names that the database links to new ones count.</param>
    public static bool IsKnown(string? id) => ZoneClock.Find(id) is not null;
}
