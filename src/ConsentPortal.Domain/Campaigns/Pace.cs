namespace ConsentPortal.Domain.Campaigns;

/// <summary>So many texts a minute, evenly: each text moves the moment of the next one on.</summary>
/// <param name="TextsPerMinute">At least 1.</param>
/// <param name="NextTextAt">Null before the first text.</param>
public readonly record struct Pace(int TextsPerMinute, DateTimeOffset? NextTextAt)
{
    // Texts leave in batches: what the last second did not use is made up for, and nothing older, so that a pause is followed by no flood.
    private static readonly TimeSpan Catch = TimeSpan.FromSeconds(1);

    private TimeSpan Interval => TimeSpan.FromMinutes(1) / TextsPerMinute;

    /// <summary>How many texts may leave now.</summary>
    public int RoomAt(DateTimeOffset now) => From(now) is var from && from > now ? 0 : (int)((now - from) / Interval) + 1;

    /// <summary>When the next one may leave after these.</summary>
    public DateTimeOffset After(DateTimeOffset now, int texts) => From(now) + Interval * texts;

    private DateTimeOffset From(DateTimeOffset now) => NextTextAt is not { } next ? now : next > now - Catch ? next : now - Catch;
}
