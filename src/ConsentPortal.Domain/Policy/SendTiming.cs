namespace ConsentPortal.Domain.Policy;

/// <summary>
/// What a campaign wants of the clock of each person, on top of the rules: when it starts there, and between which hours
/// texts may arrive. Where a phone may be in several zones, all of them have to agree.
/// </summary>
/// <param name="StartsAt">Wall-clock time before which nothing arrives where the person is; null where it starts for all at one instant.</param>
/// <param name="Hours">Null for any hour that the rules allow.</param>
public sealed record SendTiming(DateTime? StartsAt, SendingHours? Hours)
{
    /// <summary>The first clock on earth to show any time, at UTC+14: a start by local time begins there.</summary>
    public static readonly TimeSpan FirstOffset = TimeSpan.FromHours(14);

    /// <summary>The last one, at UTC-12.</summary>
    public static readonly TimeSpan LastOffset = TimeSpan.FromHours(-12);

    /// <summary>The instant at which some clock on earth first shows a wall-clock time.</summary>
    public static DateTimeOffset FirstInstantOf(DateTime wallClock) => new DateTimeOffset(wallClock, FirstOffset).ToUniversalTime();

    /// <summary>The wall-clock time that some clock on earth first shows at an instant.</summary>
    public static DateTime WallClockOf(DateTimeOffset first) => first.ToOffset(FirstOffset).DateTime;
}

/// <summary>Full hours of the person's own day between which texts may arrive; the end is outside.</summary>
/// <param name="From">0 to 23.</param>
/// <param name="To">1 to 24, later than <paramref name="From"/>.</param>
public sealed record SendingHours(int From, int To)
{
    public const int Midnight = 24;

    public bool IsPossible => From >= 0 && To <= Midnight && From < To;
}
