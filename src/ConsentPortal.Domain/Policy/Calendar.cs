namespace ConsentPortal.Domain.Policy;

/// <summary>Calendar arithmetic that never throws at the ends of time.</summary>
internal static class Calendar
{
    /// <summary>The same day some months later, or the last day of that month when it is shorter (C-09).</summary>
    public static DateTimeOffset AddMonths(DateTimeOffset instant, int months) =>
        instant.Year + (months / 12) + 1 > DateTime.MaxValue.Year ? DateTimeOffset.MaxValue : instant.AddMonths(months);

    public static DateTimeOffset Add(DateTimeOffset instant, TimeSpan span) =>
        span > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + span;
}
